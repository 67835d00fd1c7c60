"""The categories of the made-up nation: who answers for them, and what is bought.

Which region answers for which category follows the public list in part; the rest, and what the
areas are called, is invented.
"""

from typing import Final

# Code of the procurement region, prefix of requirements, category, its product areas.
CATEGORIES: Final = (
    (
        "A",
        "KI",
        "Kirurgiska instrument",
        "tänger och peanger; saxar; engångsinstrument; suturer; instrumentgaller; borr och såg",
    ),
    (
        "A",
        "MG",
        "Medicinsk grundutrustning",
        "sängar; britsar; undersökningslampor; blodtrycksmätare; infusionsställ; vågar",
    ),
    (
        "A",
        "PP",
        "Vårdrelaterad papper och plast",
        "torkpapper; britspapper; engångsmuggar; sopsäckar; plastförkläden; provpåsar",
    ),
    (
        "A",
        "DI",
        "Diagnostik och laboratorium",
        "reagenser; provrör; analysinstrument; pipetter; odlingsplattor; centrifuger",
    ),
    (
        "A",
        "VP",
        "Vätskor och pumpar",
        "infusionspumpar; sprutpumpar; infusionsslangar; värmare; kopplingar; droppställ",
    ),
    (
        "B",
        "LV",
        "Lokalvård",
        "städtjänster; rengöringsmedel; moppar och dukar; städmaskiner; golvvård; fönsterputs",
    ),
    (
        "B",
        "NU",
        "Nutrition",
        (
            "sondnäring; kosttillägg; parenteral nutrition; "
            "nutritionspumpar; sonder; förtjockningsmedel"
        ),
    ),
    (
        "B",
        "LI",
        "Livsmedel och relaterade tjänster",
        (
            "kött och chark; fisk och skaldjur; frukt och grönt; "
            "mejeri och ägg; kaffe, te och kakao; måltidstjänster"
        ),
    ),
    (
        "B",
        "TR",
        "Transporter och logistik",
        (
            "patienttransporter; godstransporter; kylda transporter; "
            "budtjänster; flyttjänster; förpackningar"
        ),
    ),
    (
        "B",
        "EN",
        "Energi och drivmedel",
        "el; fjärrvärme; biodrivmedel; reservkraft; batterier; laddstationer",
    ),
    (
        "C",
        "IA",
        "IT-arbetsplats",
        "bärbara datorer; bildskärmar; mobiltelefoner; skrivare; tangentbord och möss; headset",
    ),
    (
        "C",
        "BF",
        "Bild och funktion",
        (
            "röntgenutrustning; ultraljud; magnetkameror; "
            "datortomografer; kontrastpumpar; strålskydd"
        ),
    ),
    (
        "C",
        "MO",
        "Möbler och inredning",
        "kontorsstolar; skrivbord; vårdmöbler; belysning; förvaring; textila mattor",
    ),
    (
        "C",
        "TE",
        "Telefoni och nät",
        "växlar; trådlösa nät; kablage; larmtelefoner; antenner; fiberutrustning",
    ),
    (
        "D",
        "SK",
        "Sårvård och kompression",
        "förband; kompresser; kompressionsstrumpor; lindor; häftor; undertrycksbehandling",
    ),
    (
        "D",
        "TV",
        "Tandvård",
        (
            "fyllnadsmaterial; tandtekniska arbeten; dentala instrument; "
            "implantat; avtrycksmaterial; tandvårdsunits"
        ),
    ),
    (
        "D",
        "BY",
        "Bygg och installation",
        "golvmaterial; ventilation; rör och armatur; isolering; målarfärg; hissar",
    ),
    (
        "D",
        "DR",
        "Dryck och automater",
        "kaffeautomater; vattenautomater; engångsbägare; bryggkaffe; juice; mjölkdrycker",
    ),
    (
        "E",
        "LM",
        "Läkemedel",
        (
            "antibiotika; cytostatika; infusionsvätskor; "
            "vacciner; narkosläkemedel; rekvisitionsläkemedel"
        ),
    ),
    (
        "E",
        "OS",
        "Operation och steril",
        (
            "operationsset; sterila drapor; operationsrockar; "
            "sterilbarriärer; diskdesinfektorer; engångsskydd"
        ),
    ),
    (
        "E",
        "AN",
        "Andning och narkos",
        ("ventilatorer; syrgasmasker; narkosapparater; inhalatorer; trakealtuber; andningsfilter"),
    ),
    (
        "F",
        "IS",
        "Inkontinens och stomi",
        "absorberande produkter; katetrar; urinpåsar; stomibandage; hudvård; sköljvätskor",
    ),
    (
        "F",
        "GF",
        "Generella förbrukningsvaror",
        "undersökningshandskar; munskydd; sprutor; kanyler; avfallsbehållare; rondskålar",
    ),
    (
        "F",
        "DM",
        "Diabetes och mätning",
        "insulinpumpar; glukossensorer; teststickor; lansetter; pennkanyler; infusionsset",
    ),
    (
        "G",
        "HM",
        "Hjälpmedel",
        (
            "rullstolar; rollatorer; personlyftar; "
            "hygienhjälpmedel; kommunikationshjälpmedel; hörapparater"
        ),
    ),
    (
        "G",
        "OP",
        "Ortopedi",
        "höftproteser; knäproteser; ortoser; ortopediska skor; gipsmaterial; skruv och platta",
    ),
    (
        "G",
        "AK",
        "Arbetskläder och skor",
        "arbetsskor; skyddsrockar; fleecejackor; regnkläder; skyddsglasögon; arbetshandskar",
    ),
    (
        "H",
        "TT",
        "Tvätt och textilier",
        (
            "patientkläder; personalkläder; lakan och handdukar; "
            "operationstextil; tvättjänster; gardiner"
        ),
    ),
    (
        "H",
        "DL",
        "Dialys",
        (
            "dialysapparater; dialysfilter; dialysvätskor; "
            "blodslangar; fistelnålar; vattenreningsanläggningar"
        ),
    ),
    (
        "H",
        "AV",
        "Avfall och återvinning",
        (
            "avfallskärl; insamling av farligt avfall; återvinningstjänster; "
            "säckar; komprimatorer; smittförande avfall"
        ),
    ),
)
