"""Countries as people write them, and their time zones, from the tables of the time zone database."""

import importlib.resources
from functools import lru_cache

from care.text import fold

# What the time zone database does not say: other English names, and what countries call themselves.
_ALIASES = """
AE UAE|Emirates|United Arab Emirates|الإمارات|الامارات العربية المتحدة|Vereinigte Arabische Emirate
AR ARG
AT AUT|Österreich|Autriche
AU AUS|Australien|Australie
BA Bosnia|Bosnia and Herzegovina|Bosnia-Herzegovina
BE BEL|Belgique|België|Belgien|Bélgica
BO Plurinational State of Bolivia
BR BRA|Brasil|Brasilien|Brésil
BY Беларусь
CA CAN|Kanada
CD DR Congo|DRC|Democratic Republic of the Congo|Congo-Kinshasa
CG Congo|Republic of the Congo|Congo-Brazzaville
CH CHE|Schweiz|Suisse|Svizzera|Sveits|Zwitserland|Suiza
CI Ivory Coast|Cote dIvoire
CN CHN|PRC|People's Republic of China|中国|Kina
CV Cabo Verde
CZ CZE|Czechia|Česko|Česká republika|Tschechien
DE DEU|GER|Deutschland|Allemagne|Alemania|Tyskland|Duitsland|Germania|Alemanha|Federal Republic of Germany
DK DNK|Danmark|Dänemark
EE EST|Eesti
EG مصر
ES ESP|España|Spanien|Espagne|Spanje|Spagna|Espanha
FI FIN|Suomi|Finnland
FR FRA|Frankreich|Francia|Frankrike|Frankrijk|França
GB UK|U.K.|GBR|United Kingdom|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Storbritannia
GB Vereinigtes Königreich|Großbritannien|Royaume-Uni|Reino Unido
GB United Kingdom of Great Britain and Northern Ireland
GR GRC|Hellas|Ελλάδα|Griechenland
HK HKG|Hong Kong SAR|香港
HR HRV|Hrvatska
HU HUN|Magyarország|Ungarn
IE IRL|Éire|Republic of Ireland|Irland
IN IND|Bharat|भारत|Indien
IR Islamic Republic of Iran
IS Ísland
IT ITA|Italia|Italien|Italië|Italie
JP JPN|日本|Nippon
KP North Korea
KR KOR|South Korea|Korea|Republic of Korea|대한민국|한국
LA Lao PDR|Lao People's Democratic Republic
LT Lietuva
LU LUX|Luxemburg
LV Latvija
MA Maroc|المغرب
MD Republic of Moldova
MK Macedonia
MM Myanmar|Burma
MX MEX|México
MO Macao SAR|Macau SAR|Macao
NL NLD|Holland|Nederland|Niederlande|Pays-Bas|The Netherlands|Países Bajos
NO NOR|Norge|Noreg|Norwegen|Norvège
NZ NZL|Aotearoa|Neuseeland
PE Perú
PL POL|Polska|Polen
PS Palestine|State of Palestine
PT PRT
RO ROU|România
RS Srbija|Србија
RU RUS|Россия|Russian Federation|Российская Федерация|Russland
SA KSA|السعودية|المملكة العربية السعودية
SE SWE|Sverige|Schweden
SG SGP
SI Slovenija
SK Slovensko|Slovak Republic
SY Syrian Arab Republic
SZ Eswatini|Swaziland
TR TUR|Türkiye|Turkei
TW TWN|Taiwan, Province of China|台灣|台湾
TZ United Republic of Tanzania
UA UKR|Україна
US USA|U.S.|U.S.A.|America|United States of America|The United States|Estados Unidos|EE.UU.|États-Unis
US Vereinigte Staaten|Verenigde Staten|Stati Uniti
VA Vatican
VE Bolivarian Republic of Venezuela
VG British Virgin Islands
VI US Virgin Islands
VN VNM|Viet Nam|Việt Nam
WS Samoa
ZA ZAF|RSA|Südafrika
"""


@lru_cache(maxsize=4096)
def country_code(written: str) -> str | None:
    """The ISO 3166-1 alpha-2 code for a code or a name in English or the country's own tongue; None if unknown."""
    words = written.strip()
    return _codes().get(_key(words)) if words else None


@lru_cache(maxsize=512)
def zones_of(country: str) -> tuple[str, ...]:
    """The IANA zones of a country, the most populous first; none for an unknown code."""
    return tuple(zone for code, zone in _zone_rows() if code == country)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    names = {}
    for line in _table("iso3166.tab"):
        code, name = line.split("\t")[:2]
        names[_key(code)] = code
        names[_key(name)] = code
        if "(" not in name:
            names[_key(name.replace("St ", "Saint "))] = code
    for line in _ALIASES.split("\n"):
        code, _, aliases = line.partition(" ")
        for alias in filter(None, aliases.split("|")):
            names[_key(alias)] = code
    return names


@lru_cache(maxsize=1)
def _zone_rows() -> list[tuple[str, str]]:
    return [(line.split("\t")[0], line.split("\t")[2]) for line in _table("zone.tab")]


def _table(name: str) -> list[str]:
    text = importlib.resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _key(words: str) -> str:
    """The words folded, without dots, commas and apostrophes, ``&`` as ``and``, without a leading article."""
    plain = fold(words).replace("&", " and ").replace("-", " ")
    return " ".join("".join(letter for letter in plain if letter not in ".,'’()").split()).removeprefix("the ")
