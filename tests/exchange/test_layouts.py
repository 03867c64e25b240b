"""What a header means."""

import pytest

from care.exchange.csv.fields import Field
from care.exchange.csv.layouts import field_of, layout_of, recognise


@pytest.mark.parametrize(
    "header", ["First Name", "first_name", "FirstName", "FIRST-NAME", " first  name ", "Given Name", "Vorname"]
)
def test_case_spaces_and_signs_do_not_matter(header: str) -> None:
    assert field_of(header) is Field.FIRST_NAME


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Name", Field.NAME),
        ("Contact Name", Field.NAME),
        ("الاسم", Field.NAME),
        ("氏名", Field.NAME),
        ("Surname", Field.LAST_NAME),
        ("apellidos", Field.LAST_NAME),
        ("Organisation", Field.COMPANY),
        ("Organization 1 - Name", Field.COMPANY),
        ("Account Name", Field.COMPANY),
        ("Société", Field.COMPANY),
        ("Empresa", Field.COMPANY),
        ("Phone", Field.PHONE),
        ("Phone 1 - Value", Field.PHONE),
        ("Primary Phone Number", Field.PHONE),
        ("☎ Contact", Field.PHONE),
        ("📱", Field.MOBILE_PHONE),
        ("Téléphone", Field.PHONE),
        ("Telefonnummer", Field.PHONE),
        ("رقم الهاتف", Field.PHONE),
        ("Mobile", Field.MOBILE_PHONE),
        ("Cell Phone", Field.MOBILE_PHONE),
        ("WhatsApp Number", Field.MOBILE_PHONE),
        ("Téléphone portable", Field.MOBILE_PHONE),
        ("Business Phone 2", Field.WORK_PHONE),
        ("phone_work", Field.WORK_PHONE),
        ("Company Main Phone", Field.WORK_PHONE),
        ("Person - Phone - Work", Field.WORK_PHONE),
        ("Home Phone", Field.HOME_PHONE),
        ("phone_other", Field.OTHER_PHONE),
        ("E-mail", Field.EMAIL),
        ("E-mail 2 Address", Field.EMAIL),
        ("E-mail 1 - Value", Field.EMAIL),
        ("User Email", Field.EMAIL),
        ("eMail", Field.EMAIL),
        ("E-Mail-Adresse", Field.EMAIL),
        ("e-post", Field.EMAIL),
        ("Correo electrónico", Field.EMAIL),
        ("Adresse e-mail", Field.EMAIL),
        ("البريد الإلكتروني", Field.EMAIL),
        ("✉", Field.EMAIL),
        ("email_home", Field.HOME_EMAIL),
        ("Work Email", Field.WORK_EMAIL),
        ("Secondary Email", Field.OTHER_EMAIL),
        ("ExternalId", Field.EXTERNAL_ID),
        ("Lead ID", Field.EXTERNAL_ID),
        ("Record ID", Field.EXTERNAL_ID),
        ("Tags", Field.TAGS),
        ("Customer Type", Field.SEGMENT),
        ("Lifecycle Stage", Field.STATUS),
        ("Lead Status", Field.STATUS),
        ("Country/Region", Field.COUNTRY),
        ("Land", Field.COUNTRY),
        ("Time Zone", Field.ZONE),
        ("DOB", Field.BIRTHDAY),
        ("Fødselsdato", Field.BIRTHDAY),
        ("Created (UTC)", Field.JOINED_ON),
        ("Customer since", Field.JOINED_ON),
        ("first_seen", Field.JOINED_ON),
        ("Contact owner", Field.OWNER),
        ("Account Owner", Field.OWNER),
        ("Owner", Field.OWNER),
        ("Best time to call", Field.HOURS),
        ("Total Spent", Field.SPEND),
        ("Total spend", Field.SPEND),
        ("Annual Revenue", Field.SPEND),
    ],
)
def test_a_header_is_recognised(header: str, field: Field) -> None:
    assert field_of(header) is field


@pytest.mark.parametrize(
    "header",
    ["Business Fax", "Home Fax", "Pager", "Action", "campaign_id", "apiId", "GCLID", "Google Click ID", "NameLower",
     "Phone 1 - Type", "E-mail 1 - Label", "Email Opt Out", "MobileRelType", "Assistant's Phone", "Lead Owner", "State",
     "Business Address", "Device", "Account ID", "Job Title", "Last seen", "Phone Extension", "E-mail Display Name",
     "Portable", "Ad Name", "Contact Owner ID", "Owner Alias", "Hours", "Spend cap", "", "☃"],
)  # fmt: skip
def test_other_headers_are_no_field(header: str) -> None:
    assert field_of(header) is None


def test_a_field_a_customer_has_once_goes_to_the_more_telling_column() -> None:
    assert recognise(["ID", "Contact ID", "Name", "Full Name"]) == [None, Field.EXTERNAL_ID, None, Field.NAME]
    assert recognise(["Lead Status", "Lifecycle Stage"]) == [None, Field.STATUS]
    assert recognise(["Create Date", "Customer since"]) == [None, Field.JOINED_ON]
    assert recognise(["Owner", "Contact owner"]) == [None, Field.OWNER]
    assert recognise(["Annual Revenue", "Total Spent"]) == [None, Field.SPEND]
    assert recognise(["Email", "Email"]) == [Field.EMAIL, Field.EMAIL]
    assert recognise(["Name", "Name"]) == [Field.NAME, None]


def test_half_a_name_makes_a_name_column_the_other_half() -> None:
    assert recognise(["Nombre", "Apellidos"]) == [Field.FIRST_NAME, Field.LAST_NAME]
    assert recognise(["Name", "Vorname"]) == [Field.LAST_NAME, Field.FIRST_NAME]
    assert recognise(["Nom", "Prénom"]) == [Field.LAST_NAME, Field.FIRST_NAME]
    assert recognise(["Name", "First Name"]) == [Field.NAME, Field.FIRST_NAME]
    assert recognise(["Name", "First Name", "Last Name"]) == [Field.NAME, Field.FIRST_NAME, Field.LAST_NAME]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("First Name,Last Name,Phone 1 - Label,Phone 1 - Value", "Google Contacts"),
        ("Name,Given Name,Family Name,E-mail 1 - Value", "Google Contacts"),
        ("First Name,Last Name,E-mail Address,Home Phone,Business Phone,Mobile Phone", "Outlook"),
        ("Record ID,First Name,Last Name,Email,Lifecycle Stage,Contact owner", "HubSpot"),
        ("Lead Source,First Name,Last Name,Lead Status,Owner Alias", "Salesforce"),
        ("Salutation,First Name,Last Name,Account Name,Mailing Country", "Salesforce"),
        ("Lead Name,Email,Lead Source,Lead Owner,Lead Status", "Zoho CRM"),
        ("Person - Name,Person - Organization,Person - Email - Work", "Pipedrive"),
        ("Email Address,First Name,Last Name,LEID,EUID", "Mailchimp"),
        ("Name,Email,First Seen,Last Seen,Web sessions", "Intercom"),
        ("id,Email,Name,Created (UTC),Delinquent", "Stripe"),
        ("Customer ID,First Name,Email,Accepts Email Marketing,Total Spent,Total Orders", "Shopify"),
        ("first_name,last_name,first_seen,last_seen,has_newsletter", "Atomic CRM"),
        ("Name,Email,Phone", "columns by their names"),
    ],
)
def test_a_file_names_its_tool(header: str, name: str) -> None:
    assert layout_of(header.split(",")).name == name
