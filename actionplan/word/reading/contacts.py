"""Reads the people of a plan, as their names, titles, telephones and addresses are written."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from actionplan.text import clean, fold
from actionplan.word.document import ContactText

EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
TELEPHONE: Final = re.compile(
    r"(?:\b(?:tfn|tel(?:efon)?|mobil(?:telefon)?|växel)\.?(?:nr|nummer)?\s*:?\s*)?"
    r"(?<!\w)\+?\(?\d[\d\s()/–-]{4,20}\d",
    re.I,
)
BETWEEN_LINES: Final = re.compile(r"[;\n]")
BETWEEN_PEOPLE: Final = re.compile(r"\s(?:och|samt|&)\s")
# What the writer puts before a contact that would be taken for something else.
NAME_LABEL: Final = re.compile(r"namn\s*:\s*", re.I)
AROUND_NAME: Final = re.compile(r"(?:e-?post(?:adress)?|e-?mail|mejl|mailto)\s*:?", re.I)
FULL_NAME: Final = re.compile(r"[A-ZÅÄÖÉ][\w’'-]+(?: (?:[a-z]{2,3} )?[A-ZÅÄÖÉ][\w’'-]+)+")
OPENING_NAME: Final = re.compile(rf"(?P<name>{FULL_NAME.pattern})(?=\s*[,(–-]|$)")
# What is said of a person, in a line of its own.
LABELLED: Final = re.compile(
    r"(?:titel|roll|befattning|funktion|organisation|enhet|avdelning|adress|webb(?:plats)?"
    r"|tfn|tel(?:efon)?|mobil(?:telefon)?|växel)\.?\s*(?::|$)|https?:|www\.",
    re.I,
)
ROLE: Final = re.compile(
    r"(?:strateg|samordnare|chef|inköpare|upphandlare|utvecklare|handläggare|ledare|specialist"
    r"|controller|jurist|koordinator|ansvarig|sekreterare|direktör|expert|konsult|rådgivare"
    r"|analytiker|ingenjör|enhet(?:en)?|avdelning(?:en)?|förvaltning(?:en)?|sektion(?:en)?"
    r"|stab(?:en)?|kontor(?:et)?|region(?:en)?|kommun(?:en)?|landsting(?:et)?)(?:$|[\s,])",
    re.I,
)


@dataclass(slots=True)
class Contacts:
    """The people of a plan, and what was said of them that a contact has no place for."""

    people: list[ContactText] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def line(self, line: str) -> None:
        """Take one line: people, an address, or what is said of the person above."""
        if named := NAME_LABEL.match(line):
            self._named(line[named.end() :])
            return
        rest = TELEPHONE.sub(self._leave_out, line)
        if not EMAIL.search(rest) and self.people and _is_about(_bare_name(rest)):
            self.left_out += filter(None, [_bare_name(rest)])
            return
        for part in BETWEEN_PEOPLE.split(rest):
            self._part(clean(part))

    def _leave_out(self, telephone: re.Match[str]) -> str:
        self.left_out.append(clean(telephone[0]))
        return " "

    def _named(self, words: str) -> None:
        """Take a whole line as one contact."""
        address = EMAIL.search(words)
        name = _bare_name(words[: address.start()] if address else words)
        if name or address:
            self.people.append(_contact(name, address[0] if address else ""))

    def _part(self, part: str) -> None:
        begin = 0
        for address in EMAIL.finditer(part):
            if name := _bare_name(part[begin : address.start()]):
                self.people.append(_contact(name, address[0]))
            else:
                self._address(address[0])
            begin = address.end()
        rest = _bare_name(part[begin:])
        names = [name.strip() for name in rest.split(",")]
        if len(names) > 1 and all(FULL_NAME.fullmatch(name) for name in names):
            self.people += map(ContactText, names)
        elif rest and not begin:
            self.people.append(ContactText(rest))
        elif rest:
            self.left_out.append(rest)

    def _address(self, address: str) -> None:
        """Give an address to the person it names, else to the one before it."""
        waiting = [at for at, person in enumerate(self.people) if not person.email]
        named = [at for at in waiting if _names(address, self.people[at].name)]
        last = [at for at in waiting if at == len(self.people) - 1]
        owners = named if len(named) == 1 else last
        if owners:
            self.people[owners[0]] = ContactText(self.people[owners[0]].name, address)
        else:
            self.people.append(_contact("", address))


def read_contacts(texts: Iterable[str]) -> Contacts:
    """Read people with their addresses: "Anne Ek, anne.ek@region.example; Bo Ek <bo@…>"."""
    contacts = Contacts()
    for text in texts:
        for line in BETWEEN_LINES.split(text):
            if words := clean(line):
                contacts.line(words)
    return contacts


def contact_lines(contacts: Iterable[ContactText]) -> list[str]:
    """Write contacts so that they are read back as they are."""
    wanted = list(contacts)
    lines = [_line(contact) for contact in wanted]
    if read_contacts(lines).people == [
        _contact(contact.name, contact.email) for contact in wanted
    ]:
        return lines
    return [f"Namn: {line}" for line in lines]


def _line(contact: ContactText) -> str:
    has_name = contact.name and contact.name != contact.email
    if contact.email and has_name:
        return f"{contact.name} <{contact.email}>"
    return contact.email or contact.name


def _contact(name: str, email: str) -> ContactText:
    return ContactText(name or email, email)


def _is_about(words: str) -> bool:
    """Tell whether a line is no person, but said of one: a title, a place of work, a telephone."""
    if not words or LABELLED.match(words) or words == words.lower():
        return True
    name = OPENING_NAME.match(words)
    return bool(ROLE.search(name["name"] if name else words))


def _names(address: str, name: str) -> bool:
    """Tell whether an address is made of a person's names."""
    local = fold(address).partition("@")[0]
    plain = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return any(len(part) > 2 and part in local for part in re.split(r"\W+", plain))


def _bare_name(text: str) -> str:
    return clean(AROUND_NAME.sub(" ", text)).strip(" ,:;<>()[]–-|")
