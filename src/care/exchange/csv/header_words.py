"""The words of column headers, in the languages of the tools and people that write them.

Everything is compared folded, without spaces and signs. Where several columns of a file claim a field that a customer
has once, the one that comes first here has it.
"""

from care.exchange.csv.fields import Field
from care.text import fold

WHOLE_HEADERS = {
    Field.NAME: """full name|name|contact name|customer name|display name|lead name|person name|client name
        |member name|person|contact full name|customer full name|complete name|first and last name|name full
        |contact|customer|client|file as|nombre completo|nombre y apellidos|nombre|cliente|vollständiger name
        |ganzer name|kunde|kundenname|ansprechpartner|kontaktname|nom complet|nom et prénom|nom prénom|nom
        |nome completo|nome e cognome|nominativo|nome|volledige naam|naam|klant|fullt navn|navn|kontaktperson
        |fullständigt namn|namn|kundnamn|fulde navn|koko nimi|nimi|imię i nazwisko|ad soyad|adı soyadı|фио
        |полное имя|имя|الاسم الكامل|الاسم|اسم|姓名|氏名|お名前|名前|이름|성명|नाम|πλήρες όνομα|όνομα|שם""",
    Field.FIRST_NAME: """first name|given name|forename|first|fname|christian name|contact first name
        |customer first name|lead first name|person first name|nombre de pila|primer nombre|nombres|vorname
        |prénom|primo nome|primeiro nome|voornaam|fornavn|förnamn|etunimi|imię|ad|adı|الاسم الأول|名字|名
        |keresztnév""",
    Field.MIDDLE_NAME: """middle name|middle|additional name|second name|middle names|middle initial
        |segundo nombre|zweiter vorname|deuxième prénom|secondo nome|tussenvoegsel|mellomnavn|mellannamn
        |mellemnavn|отчество""",
    Field.LAST_NAME: """last name|surname|family name|last|lname|contact last name|customer last name
        |lead last name|person last name|apellidos|apellido|primer apellido|nachname|familienname|zuname
        |nom de famille|cognome|sobrenome|apelido|achternaam|etternavn|efternamn|efternavn|sukunimi|nazwisko
        |soyad|soyadı|фамилия|اسم العائلة|姓|성""",
    Field.COMPANY: """company|company name|organization|organisation|organization name|organisation name
        |account name|company account|account|business name|business|employer|firm|organization 1 name|org
        |person organization|company associated company|associated company|primary company|lead company
        |customer company|default address company|billing company|current company|empresa|compañía|organización
        |sociedad|firma|firmenname|unternehmen|gesellschaft|société|entreprise|azienda|ditta|società
        |organizzazione|companhia|bedrijf|bedrijfsnaam|organisatie|bedrift|selskap|virksomhet|firmanavn|företag
        |företagsnamn|virksomhed|yritys|şirket|firma adı|компания|организация|الشركة|شركة|公司|公司名称|会社
        |会社名|회사""",
    Field.EXTERNAL_ID: """contact id|customer id|lead id|person id|client id|member id|record id
        |record id contact|contact record id|id|external id|externalid|user id|customer number|customer no
        |client number|uuid|uid|euid|kundennummer|kunden nr|kunden id|kundenr|kundenummer|kundnummer|klantnummer
        |numéro client|número de cliente|id cliente|codice cliente""",
    Field.SEGMENT: """segment|customer segment|customer type|client type|type of customer|customer category
        |customer group|market segment|segmento|kundensegment|kundengruppe|kundentyp|tipo de cliente
        |type de client|tipo cliente|klanttype|kundetype|kundesegment|сегмент""",
    Field.TAGS: """tags|tag|categories|category|labels|label|groups|group|group membership|customer tags
        |contact tags|person labels|etiquetas|etiqueta|categoría|categorías|kategorie|kategorien|schlagwörter
        |catégorie|catégories|étiquettes|categoria|categorie|kategori|kategorier|etiketter|теги""",
    Field.STATUS: """lifecycle stage|customer status|customer lifecycle|client status|account status
        |contact status|lead status|status|lead stage|stage|lead state|estado del cliente|kundenstatus|statut
        |status do cliente|stadium|статус""",
    Field.COUNTRY: """country|country region|country code|country name|country of residence|address country
        |address 1 country|contact country|customer country|mailing country|billing country|home country
        |home country region|business country|business country region|primary address country
        |default address country code|shipping country|ip country|location country
        |person postal address country of combined address|nation|país|pais|land|staat|pays|paese|nazione|ülke
        |maa|kraj|страна|البلد|الدولة|国家|国|국가""",
    Field.ZONE: """time zone|timezone|tz|iana time zone|zeitzone|zona horaria|huso horario|fuseau horaire
        |fuso orario|fuso horário|tijdzone|tidssone|tidszon|tidszone|часовой пояс|時區|时区""",
    Field.BIRTHDAY: """birthday|birth date|birthdate|date of birth|dob|bday|born|born on|birth day
        |contact birthday|person birthday|cumpleaños|fecha de nacimiento|geburtstag|geburtsdatum|anniversaire
        |date de naissance|compleanno|data di nascita|aniversário|data de nascimento|geboortedatum|verjaardag
        |fødselsdag|fødselsdato|bursdag|födelsedag|födelsedatum|syntymäpäivä|data urodzenia|doğum tarihi
        |день рождения|дата рождения|تاريخ الميلاد|生日|生年月日|誕生日|생일""",
    Field.JOINED_ON: """joined on|joined|join date|joining date|date joined|customer since|client since
        |member since|became a customer date|signup date|sign up date|signed up|signed up at|signup|sign up
        |registered|registered on|registration date|registered at|created|created at|created on|created date
        |date created|create date|created time|creation date|created utc|date added|added on|person created
        |add time|added time|confirm time|optin time|first seen|fecha de alta|cliente desde|kunde seit
        |erstellt am|angelegt am|client depuis|date de création|cliente dal|klant sinds|kunde siden|kund sedan
        |дата создания""",
    Field.OWNER: """contact owner|customer owner|account owner|owner|owner name|contact owner name|account owner name
        |account manager|person owner|company owner|record owner|assigned to|sales rep|salesperson
        |sales owner|responsible|propietario|propietario del contacto|responsable|kundenbetreuer|betreuer
        |kontoinhaber|zuständig|propriétaire|propriétaire du contact|proprietario|proprietário|eigenaar
        |accountmanager|kundeansvarlig|kundansvarig|kontaktansvarlig|eier|ägare|ejer|ответственный""",
    Field.HOURS: """preferred hours|preferred call time|preferred time|preferred contact time|best time to call
        |best time|best time to reach|call time|calling hours|time to call|hours to call|beste anrufzeit|erreichbarkeit
        |mejor hora para llamar|meilleur moment pour appeler|orario preferito|ringetid""",
    Field.SPEND: """total spend|total spent|spend|amount spent|total amount spent|lifetime spend|lifetime value
        |customer lifetime value|ltv|total revenue|total sales|revenue|annual revenue|total gastado|gasto total
        |gesamtausgaben|gesamtumsatz|umsatz|jahresumsatz|total dépensé|chiffre d affaires|spesa totale|fatturato
        |total gasto|omzet|omsetning|omsättning|omsætning""",
}  # fmt: skip


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


# A header of phones or e-mails names one of these, and besides only words that say whose, where or how many.
PHONE_WORDS = _folded(
    """phone phones telephone tel tele phonenumber telephonenumber telefon telefono telefone telefoon teléfono
    téléphone tlf tlfn puhelin telefonnummer telefonnumer telefoonnummer puhelinnumero rufnummer fon tlfnr telnr
    тел телефон هاتف الهاتف تليفون 电话 电话号码 電話 電話番号 전화 전화번호 फोन τηλέφωνο טלפון whatsapp"""
)

MOBILE_WORDS = _folded(
    """mobile mobil mobilephone cell cellphone cellular handy handynummer mobilnummer mobiltelefon mobilfunk
    mobiele mobiel gsm movil móvil celular telemovel telemóvel cellulare portable matkapuhelin cep iphone
    smartphone sms komorkowy جوال الجوال موبايل мобильный 手机 手机号 携帯 携帯電話 휴대폰 휴대전화 मोबाइल"""
)

# Words for a mobile that say phone; the others (Portable, SMS, Cep) need a word for phone beside them.
MOBILE_ALONE = MOBILE_WORDS - {"sms", "cep", "portable", "iphone", "smartphone", "komorkowy"}

EMAIL_WORDS = _folded(
    """email emails mail emailaddress correo courriel mel mél epost epostadress epostadresse emailadresse
    mailadresse emailadres sahkoposti sähköposti eposta почта емейл мейл البريد بريد ايميل الايميل 邮箱 电子邮件
    电子邮箱 メール メールアドレス 이메일 ईमेल"""
)

WORK_WORDS = _folded(
    """work business office company corporate professional job direct trabajo oficina empresa laboral
    geschaftlich dienstlich arbeit firma buro bureau travail professionnel professionnelle pro lavoro ufficio
    aziendale trabalho comercial escritorio werk zakelijk arbeid jobb arbete arbejde العمل рабочий рабочая
    служебный"""
)

HOME_WORDS = _folded(
    """home personal private house residential residence evening casa particular privat privada prive domicile
    maison thuis hem hjem hjemme abitazione residencial pessoal personale domacnost personnel домашний домашняя
    личный المنزل"""
)

OTHER_WORDS = _folded(
    """other alternate alternative alt secondary second additional backup car radio otro otra andere sonstige
    weitere autre altro outro overig annen annet annan anden другой"""
)

NEUTRAL_WORDS = _folded(
    """number numbers no nr num value values address addresses primary main preferred user lead contact customer
    client person member billing full numero nummer numer n номер رقم adresse adres adress adressen direccion
    indirizzo endereco adresy адрес the of de del di do da du d la el l der des die und a electronico
    electronica electronique elettronico elettronica eletronico eletronica elektronische электронная الالكتروني
    الإلكتروني principal haupt prive kunde cliente kontakt"""
)

# Somebody draws instead of writing.
PHONE_SIGNS = "☎☏✆📞📱📲🤙"

MOBILE_SIGNS = "📱📲"

EMAIL_SIGNS = "✉📧📨📩"
