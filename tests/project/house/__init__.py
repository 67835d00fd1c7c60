"""The rules of the code: layers, rooms, language, documents, decisions, styles."""
