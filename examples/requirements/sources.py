"""The sources that several example requirements lean on. Our texts are our own words."""

from typing import Final

from examples.requirements.requirement import Source

HALL_REPORTING: Final = Source(
    "Delegerad förordning (EU) 2024/1364 om rapportering från datacenter",
    "http://data.europa.eu/eli/reg_del/2024/1364/oj",
    "2024-03-14",
)
HALL_REPORTING_SWEDEN: Final = Source(
    "Energimyndigheten: rapportering av datacenters energiprestanda",
    "https://www.energimyndigheten.se/en/sustainability/data-centre-energy-performance-reporting",
)
BLUE_ANGEL: Final = Source(
    "Blauer Engel: miljömärkning av datacenter",
    "https://www.blauer-engel.de/de/produktwelt/rechenzentren",
)
BLUE_ANGEL_LIMITS: Final = Source(
    "Data Center Group: nya kriterier för Blauer Engel",
    "https://datacenter-group.com/en/news-stories/article/"
    "new-award-criteria-after-merger-for-the-blauer-engel-for-data-center-operation/",
)
HALL_POWER_ADVICE: Final = Source(
    "Upphandlingsmyndighetens frågeportal: miljökrav för it-drift",
    "https://www.upphandlingsmyndigheten.se/frageportalen/2142870/miljokrav-for-it-drift/",
)
ECODESIGN: Final = Source(
    "Förordning (EU) 2019/424 om ekodesign för servrar och datalagring",
    "http://data.europa.eu/eli/reg/2019/424/oj",
    "2019-03-15",
)
CONFLICT_MINERALS: Final = Source(
    "Förordning (EU) 2017/821 om konfliktmineraler",
    "http://data.europa.eu/eli/reg/2017/821/oj",
    "2017-05-17",
)
FORCED_LABOUR: Final = Source(
    "Förordning (EU) 2024/3015 om förbud mot produkter av tvångsarbete",
    "http://data.europa.eu/eli/reg/2024/3015/oj",
    "2024-11-27",
)
SMELTER_AUDITS: Final = Source(
    "Responsible Minerals Initiative: granskning av smältverk (RMAP)",
    "http://www.responsiblemineralsinitiative.org/responsible-minerals-assurance-process/",
)
SMELTER_TEMPLATE: Final = Source(
    "Enviropass: mallen CMRT för smältverk", "https://getenviropass.com/cmrt-6-4/"
)
TRACEABILITY: Final = Source(
    "Regionerna och Adda: villkor om spårbarhet i leveranskedjan",
    "https://www.sustainabilityduediligence.com/sparbarhet-i-leveranskedjan",
)
CHINA_REPORT: Final = Source(
    "Hållbar upphandling: rapport om it-leveranskedjor i Kina",
    "https://xn--hllbarupphandling-8qb.se/nyheter/"
    "504-ny-rapport-undersoeker-it-leveranskedjorna-i-kina",
)
IT_RISKS: Final = Source(
    "Upphandlingsmyndigheten: riskanalys av elektronik och it-produkter",
    "https://www.upphandlingsmyndigheten.se/riskanalyser/elektronik-och-it/"
    "elektronik-och-it-produkter",
)
PROCUREMENT_OFFICE: Final = Source(
    "Upphandlingsmyndigheten: krav på föremålet och ”eller likvärdigt”",
    "https://www.upphandlingsmyndigheten.se/upphandla/Processen-for-LOU/upphandlingen/"
    "Utforma-upphandlingsdokument/krav-pa-foremalet/",
)
LABELS: Final = Source(
    "Upphandlingsmyndigheten: märken i upphandlingen",
    "https://www.upphandlingsmyndigheten.se/hallbarhet/stall-hallbarhetskrav/",
)
TCO: Final = Source(
    "TCO Certified: produkter för datacenter", "https://tcocertified.com/datacenter/"
)
EPEAT_NETWORK: Final = Source(
    "Epeat: kriterier för nätverksutrustning",
    "https://rohs.ca/news/2021/05/18/"
    "epeat-sustainability-assessment-criteria-for-network-equipment/",
    "2021-05-18",
)
NEED_ASSESSMENT: Final = Source(
    "Hållbar upphandling: förbered upphandlingen",
    "https://www.xn--hllbarupphandling-8qb.se/copy-of-v%C3%A4gledning",
)
CONTRACT_GUIDANCE: Final = Source(
    "Hållbar upphandling: vägledning om att följa upp avtalet", "https://husr.se/?p=954"
)
EXCLUSION: Final = Source(
    "Upphandlingsmyndighetens frågeportal: uteslutning enligt 13 kap. LOU",
    "https://dkn-inte.upphandlingsmyndigheten.se/frageportalen/1681661/"
    "krav-att-anbudsgivare-ska-vara-registrerad-som-arb",
)
REUSE: Final = Source(
    "It-kanalen: återanvändning i nya upphandlingskrav",
    "https://it-kanalen.se/ateranvandning-av-datorer-fokus-for-nya-upphandlingskrav/",
)
