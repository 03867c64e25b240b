"""Exports as the tools really write them, file by file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import BadFile
from care.exchange.csv.customers import CustomersFile, read_customers
from care.exchange.csv.reading_options import ReadingOptions

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
GROWEASY = "groweasy/demo/csvs"


def opened(path: str, **said: object) -> CustomersFile:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not there: the exports this test reads are not part of the project")
    return read_customers(file, ReadingOptions(**said))  # type: ignore[arg-type]


def drafts(path: str, **said: object) -> list[CustomerInput]:
    found = list(opened(path, **said).customers())
    assert not [draft for draft in found if isinstance(draft, Rejection)]
    return [draft for draft in found if isinstance(draft, CustomerInput)]


def contacts(draft: CustomerInput) -> list[str]:
    return [contact.value for contact in draft.contacts]


def names(found: Sequence[CustomerInput]) -> list[str]:
    return [draft.name for draft in found]


def test_atomic_crm() -> None:
    path = "atomic-crm/src/components/atomic-crm/contacts/contacts_export.csv"
    assert opened(path).layout == "Atomic CRM"
    john, jane = drafts(path, country="US")
    assert (john.name, john.company, john.status, john.segment) == ("John Doe", "Acme", "active", "influencer")
    assert contacts(john) == [
        "+16599802015",
        "+17406453807",
        "4467582122",
        "john@doe.example",
        "john.doe@gmail.com",
        "jdoe@caramail.com",
    ]
    assert [contact.usable for contact in john.contacts][:3] == ["yes", "yes", "unchecked"]
    assert (john.joined_on, john.country, john.zone) == (date(2024, 7, 1), "US", "America/Chicago")
    assert john.extra["tags"] == "influencer, developer"
    assert john.extra["title"] == "Sales Executive"
    assert "background" not in john.extra
    assert contacts(jane) == ["+16599802020", "+17406473802", "jane@doe.example"]


def test_google_shared_contacts() -> None:
    path = "shared-contacts-admin/testcases/test-data/sample2.csv"
    file = opened(path)
    assert file.layout == "Google shared contacts"
    uses = {use.header: use.field for use in file.columns}
    assert uses["ID"] == "external_id"
    assert (uses["Action"], uses["apiId"], uses["ExternalId"], uses["Business Fax"], uses["Pager"]) == (None,) * 5
    assert uses["E-mail 69 Address"] == "email"
    found = drafts(path)
    assert len(found) == 99
    first = found[0]
    assert (first.line, first.name, first.company, first.external_id) == (
        2,
        "Name Test 2",
        "Test Company 2",
        "a718d88b0dbb8",
    )
    assert contacts(first) == ["3335556666", "1111112222", "testmail1@test.com"]
    assert first.contacts[0].original == "(333) 555-6666"
    assert first.extra["Business Fax"] == "(111) 222-3333"
    assert first.extra["Business Address"] == "Address #1 RR1, East Aylesford, NS B0P 1"
    assert len({draft.external_id for draft in found}) == 99


def test_leads_with_a_row_that_is_nobody() -> None:
    file = opened(f"{GROWEASY}/02-facebook-leads-messy-headers.csv", country="US")
    john, jane, nobody = file.customers()
    assert isinstance(john, CustomerInput)
    assert isinstance(jane, CustomerInput)
    assert (john.name, john.joined_on) == ("John Doe", date(2024, 3, 15))
    assert (jane.name, contacts(jane), jane.contacts[0].usable) == ("Jane Smith", ["5550101"], "unchecked")
    assert nobody == Rejection(4, "no name, and neither “invalid-email” nor “not-a-phone” can be read")


def test_leads_without_names() -> None:
    found = drafts(f"{GROWEASY}/03-google-ads-leads.csv", country="FR")
    assert names(found) == ["alex.turner@email.com", "sophie.martin@free.fr", "+1-555-0199"]
    assert [draft.country for draft in found] == ["GB", "FR", None]
    assert all(draft.external_id is None for draft in found)
    assert contacts(found[1]) == ["+33612345678", "sophie.martin@free.fr"]
    assert names(drafts(f"{GROWEASY}/real-world/google-ads-realistic.csv")) == [
        "alex@ads.com",
        "+1 555-5001",
        "sophie@ads.fr",
    ]


def test_names_in_many_scripts() -> None:
    assert [(draft.name, draft.country, draft.zone) for draft in drafts(f"{GROWEASY}/11-international-names.csv")] == [
        ("Nguyễn Văn An", "VN", "Asia/Ho_Chi_Minh"),
        ("François Müller", "FR", "Europe/Paris"),
        ("Алексей Иванов", "RU", "Europe/Moscow"),
        ("Mohammed Al-Rashid", "AE", "Asia/Dubai"),
    ]
    assert [(draft.name, draft.country) for draft in drafts(f"{GROWEASY}/04-google-ads-export-utf8.csv")] == [
        ("Müller Hans", "DE"),
        ("María García", "ES"),
        ("田中太郎", "JP"),
    ]
    assert names(drafts(f"{GROWEASY}/12-unicode-emoji.csv")) == ["Sarah ✨", "Mike 🚀", "Lisa 💼"]


def test_headers_in_other_languages() -> None:
    spanish = drafts(f"{GROWEASY}/13-mixed-languages.csv")
    assert [(draft.name, draft.company) for draft in spanish] == [
        ("Juan García", "Empresa SA"),
        ("Marie Dubois", "Société FR"),
        ("Hans Schmidt", "Firma GmbH"),
    ]
    assert [contacts(draft)[0] for draft in spanish] == ["+34612345678", "0612345678", "+491701234567"]
    arabic = drafts(f"{GROWEASY}/real-world/rtl-arabic-headers.csv")
    assert [(draft.name, contacts(draft)) for draft in arabic] == [
        ("محمد أحمد", ["+971501234567", "mohammed@email.ae"]),
        ("فاطمة علي", ["+971559876543", "fatima@email.ae"]),
    ]


def test_an_agency_and_its_statuses() -> None:
    found = drafts(f"{GROWEASY}/06-agency-crm-export.csv", country="IN")
    assert [(draft.external_id, draft.status) for draft in found] == [
        ("LD-1001", "prospect"),
        ("LD-1002", "prospect"),
        ("LD-1003", "prospect"),
        ("LD-1004", "active"),
    ]
    assert contacts(found[0]) == ["+919876501234", "rajesh.k@domain.in"]
    assert found[0].zone == "Asia/Kolkata"


def test_salesforce_and_zoho() -> None:
    salesforce = opened(f"{GROWEASY}/24-salesforce-style.csv")
    assert salesforce.layout == "Salesforce"
    assert [(draft.name, draft.status) for draft in drafts(f"{GROWEASY}/24-salesforce-style.csv")] == [
        ("Thomas Anderson", "prospect"),
        ("Trinity Unknown", "prospect"),
        ("Morpheus Free", "active"),
    ]
    assert opened(f"{GROWEASY}/real-world/zoho-crm-export.csv").layout == "Zoho CRM"
    zoho = drafts(f"{GROWEASY}/real-world/zoho-crm-export.csv", country="IN")
    assert [contacts(draft) for draft in zoho] == [
        ["+919876543210", "raj@zoho.in"],
        ["priya@zoho.in"],
        ["+918765432109", "vikram@zoho.in"],
    ]


def test_headers_twice() -> None:
    john, jane = drafts(f"{GROWEASY}/09-duplicate-headers.csv")
    assert (john.name, contacts(john)) == ("John Doe", ["5550400", "john@dup.com", "john.d@alt.com"])
    assert john.extra == {"Name (2)": "John D.", "Notes": "VIP client"}
    assert jane.extra["Name (2)"] == "Jane S."


def test_days_in_many_forms() -> None:
    file = opened(f"{GROWEASY}/10-mixed-date-formats.csv")
    found = [draft for draft in file.customers() if isinstance(draft, CustomerInput)]
    assert [draft.joined_on for draft in found] == [date(2024, 1, 15), date(2024, 1, 20), date(2024, 3, 20)]
    assert file.notices == []
    assert found[1].extra == {"Last Contact": "2024-01-20T14:30:00Z"}


def test_messy_tables() -> None:
    assert [(draft.line, draft.name) for draft in drafts(f"{GROWEASY}/14-blank-rows.csv")] == [
        (3, "John Doe"),
        (7, "Jane Smith"),
    ]
    messy = drafts(f"{GROWEASY}/16-messy-formatting.csv")
    assert [(draft.name, draft.company) for draft in messy] == [
        ('John "Johnny" Doe', "Acme, Inc."),
        ("Jane Smith", "Beta LLC"),
        ("Gamma", "Gamma"),
    ]
    assert contacts(messy[2]) == ["5550902", "spaces@test.com"]
    assert [draft.extra for draft in drafts(f"{GROWEASY}/19-empty-columns.csv")] == [{}, {"Extra4": "value"}, {}]
    quoted = drafts(f"{GROWEASY}/23-quoted-fields-multiline.csv")
    assert [(draft.line, draft.extra["Address"]) for draft in quoted] == [
        (2, "123 Main St\nApt 4B"),
        (4, "456 Oak Ave"),
    ]
    excel = drafts(f"{GROWEASY}/real-world/excel-messy-export.csv")
    assert [(draft.name, contacts(draft)) for draft in excel] == [
        ("John Doe", ["5556001", "john@excel.com"]),
        ("Jane Smith", ["5556002", "jane@excel.com"]),
        ("555-6003", ["5556003"]),
    ]


def test_formulas_are_only_strange_names() -> None:
    assert names(drafts(f"{GROWEASY}/17-formula-injection.csv")) == [
        "=SUM(A1:A10)",
        "+1234567890",
        "-100",
        "@SUM(A1)",
        "Normal User",
    ]


def test_names_and_nothing_else() -> None:
    (john,) = drafts("csv-spectrum/csvs/comma_in_quotes.csv")
    assert (john.name, john.contacts) == ("John Doe", ())
    assert john.extra == {"address": "120 any st.", "city": "Anytown, WW", "zip": "08123"}
    people = drafts("tableschema-py/data/data_infer_utf8.csv")
    assert names(people)[-1] == "Iñtërnâtiônàlizætiøn"
    assert people[0].external_id == "1"
    found = list(opened("tableschema-py/data/data_unique_primary_key_violation.csv").customers())
    assert found[0] == Rejection(2, "no name, company, e-mail or phone")


def test_greek_needs_to_be_told() -> None:
    path = "tableschema-py/data/data_infer_iso-8859-7.csv"
    guessed = opened(path)
    assert guessed.encoding == "cp1252"
    assert len(guessed.notices) == 1
    told = opened(path, encoding="iso-8859-7")
    assert told.notices == []
    (first, *_) = told.customers()
    assert isinstance(first, CustomerInput)
    assert first.name == "Λεωνιδας"


@pytest.mark.parametrize(
    "path",
    [
        *(f"csv-spectrum/csvs/{name}.csv" for name in ("empty_crlf", "json", "simple", "utf8")),
        *(f"tableschema-py/data/{name}.csv" for name in ("data", "data_infer_increase_limit", "data_missing_cols")),
    ],
)
def test_tables_of_other_things_are_refused(path: str) -> None:
    with pytest.raises(BadFile, match="is recognised as a name, e-mail or phone"):
        opened(path)


def test_every_export_is_read_or_refused_in_one_line() -> None:
    paths = sorted(SHARED.rglob("*.csv"))
    if not paths:
        pytest.skip("there are no exports beside the project to read")
    for path in paths:
        try:
            file = read_customers(path, ReadingOptions(country="US"))
        except BadFile as refused:
            assert "\n" not in refused.sentence
        else:
            assert sum(1 for _ in file.customers()) > 0
