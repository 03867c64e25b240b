"""Ternbook, a made-up company that keeps the books of small shops, and its made-up customers.

Every number is of a range that its country keeps free for fiction, so that nobody is ever rung by a demo.
"""

from typing import NamedTuple

from care.words import IssueKind, Reading

COMPANY = "Ternbook"

COUNTRY = "SE"

ZONE = "Europe/Stockholm"

TEAM = ("Maja", "Jonas", "Priya", "Erik", "Lin")

CALLERS = ("Maja", "Jonas")

CUSTOMERS = 240


class Land(NamedTuple):
    """A country with its zone and the names people have there."""

    country: str
    zone: str
    given: tuple[str, ...]
    family: tuple[str, ...]


LANDS = (
    Land("SE", "Europe/Stockholm", ("Anna", "Björn", "Elin", "Gustav", "Ingrid", "Karl", "Maria", "Nils",
         "Petra", "Sven"), ("Åkesson", "Berg", "Dahl", "Ekström", "Holm", "Lindqvist", "Nyström", "Sandberg", "Wik")),
    Land("GB", "Europe/London", ("Alice", "Callum", "Fiona", "George", "Harriet", "Imran", "Joan",
         "Owen", "Rhys", "Zadie"), ("Abbott", "Bailey", "Carter", "Evans", "Hughes", "Khan", "Murray", "Reid", "Shaw")),
    Land("IE", "Europe/Dublin", ("Aoife", "Brendan", "Ciara", "Declan", "Niamh", "Oisín", "Róisín",
         "Seán", "Síle"), ("Byrne", "Daly", "Kelly", "Lynch", "Nolan", "O’Brien", "Quinn", "Walsh")),
    Land("US", "America/New_York", ("Amelia", "Carlos", "Dana", "Elijah", "Grace", "Hector", "Latoya",
         "Noah", "Sofia"), ("Alvarez", "Brooks", "Chen", "Diaz", "Foster", "Nguyen", "Ortiz", "Price", "Rossi")),
    Land("AU", "Australia/Sydney", ("Chloe", "Darcy", "Hamish", "Jack", "Matilda", "Priya", "Ruby",
         "Tom"), ("Brown", "Cooper", "Fraser", "Kaur", "Mitchell", "Nolan", "Taylor", "Young")),
)  # fmt: skip

SHOPS = ("Bakery", "Books", "Bikes", "Flowers", "Cheese", "Records", "Ceramics", "Coffee", "Garden", "Yarn", "Toys",
         "Framing", "Shoes", "Tailors", "Wine", "Instruments")  # fmt: skip

SHOP_NAMES = ("North", "Harbour", "Corner", "Old Town", "Mill", "Bridge", "Station", "Orchard", "Lighthouse", "Market",
              "Willow", "Kestrel", "Seven", "Copper", "Blue Door")  # fmt: skip

SEGMENTS = ("shop", "shop", "shop", "workshop", "café")


class Voice(NamedTuple):
    """One thing customers say to a question, and what the caller makes of it."""

    words: str
    reading: Reading | None = None


G, M, B = Reading.GOOD, Reading.MIXED, Reading.BAD

VOICES: dict[str, tuple[Voice, ...]] = {
    "promises": (
        Voice("You said the books close by the fifth, and they do.", G),
        Voice("Mostly. When something slips I hear it from you first.", G),
        Voice("Yes, you do what you say. I no longer check.", G),
        Voice("Mostly. The export, no.", M),
        Voice("You do, except the bill. Third month it is wrong.", M),
        Voice("The year end came two weeks late and nobody said a word.", B),
        Voice("Answers in a day, you said. Three, mostly.", M),
        Voice("You keep the big ones. The small ones slip.", M),
        Voice("I have stopped opening the invoice.", B),
    ),
    "problems": (
        Voice("Jonas stayed on the phone until it was right.", G),
        Voice("Quickly, once I reach someone who knows me.", G),
        Voice("It gets solved. I would like to know when.", M),
        Voice("I explain the same thing to three people.", M),
        Voice("Solved, but I had to ask three times.", M),
        Voice("Your people are kind. Your forms are not.", M),
        Voice("I gave up and did it by hand.", B),
        Voice("The ticket was closed. The problem was not.", B),
    ),
    "ease": (
        Voice("Easy. I send a photo and forget about it.", G),
        Voice("Easier than my bank, which says little.", G),
        Voice("The first month was hard, now it runs.", G),
        Voice("Two logins for one shop. I have them on a note under the till.", M),
        Voice("I need my nephew for the second step.", M),
        Voice("Fine on the laptop, hopeless at the till.", M),
        Voice("Every month I repair the file by hand.", B),
    ),
    "challenges": (
        Voice("I cannot find a bookkeeper for two days a week."),
        Voice("Rent goes up in spring. I do not know yet if we stay."),
        Voice("Card fees. I would love to see what each of them costs me."),
        Voice("My brother leaves the shop, I must learn the numbers."),
        Voice("The new VAT rules for online orders. I am guessing."),
        Voice("Christmas stock: I buy too late every year."),
    ),
    "life": (
        Voice("Our second child in June. I sleep when the shop sleeps."),
        Voice("I sing in a choir, the concert is soon."),
        Voice("My father is ill. I open later these weeks."),
        Voice("We bought a boat. It leaks."),
        Voice("Quiet. I like it."),
    ),
    "wishes": (
        Voice("Always an answer within a day."),
        Voice("Tell me before the price changes."),
        Voice("A person whose name I know."),
    ),
    "triggers": (
        Voice("Say it when you were wrong. Then I stay."),
        Voice("That I can leave any time, oddly."),
    ),
    "wrong": (
        Voice("You write like lawyers. Write like Jonas talks."),
        Voice("Too many mails about things I do not use."),
    ),
    "passion": (
        Voice("Maja called when the shop flooded. Nobody else did.", G),
        Voice("You are polite. Passionate, no.", M),
    ),
    "feeling": (
        Voice("Calm, since you took the books.", G),
        Voice("A bit stupid, when I have to ask again.", M),
    ),
    "word": (
        Voice("I told my whole street about the receipts."),
        Voice("I would not, yet. The bill."),
    ),
}

THREADS = (
    "Her daughter has her exam in May.", "He is learning to bake rye.", "The choir sings on the second of Advent.",
    "They move the till to the window.", "Ask how the boat is.", "Her father came home from hospital.",
    "Runs the half marathon in spring.", "New puppy, called Invoice.",
)  # fmt: skip


class Trouble(NamedTuple):
    """An issue that customers raise, each in their own way, and the question it comes up under."""

    title: str
    key: str
    kind: IssueKind
    words: tuple[str, ...]
    fixed_with: str


TROUBLES = (
    Trouble("Export drops columns", "ease", IssueKind.ISSUE,
            ("Every month I repair the file by hand.", "The column with the VAT is gone again.",
             "My accountant sends it back each time."), "All columns are kept since the new export"),
    Trouble("Invoices wrong three times", "promises", IssueKind.FAILURE,
            ("I have stopped opening the invoice.", "Third month it is wrong.", "You billed the old address again."),
            "Bills are checked by a person until spring"),
    Trouble("Two logins for one shop", "ease", IssueKind.ISSUE,
            ("I have them on a note under the till.", "My staff use mine, I know."), "One login for both tills"),
    Trouble("Nobody says when it will be done", "problems", IssueKind.ISSUE,
            ("I would like to know when.", "Two weeks of silence, then it is done."), "Every case has a date now"),
    Trouble("Bank link breaks at the weekend", "problems", IssueKind.ISSUE,
            ("Every Monday I connect the bank again.", "Sunday's sales come in on Wednesday."),
            "The link holds over the weekend"),
    Trouble("Prices rose without a word", "promises", IssueKind.ISSUE,
            ("I saw it on the card statement.", "Tell me before, that is all."), ""),
    Trouble("Receipts upside down from the phone", "ease", IssueKind.ISSUE,
            ("I turn every photo by hand.", "It reads my thumb as a total."), "Photos turn by themselves"),
    Trouble("Year end came late", "promises", IssueKind.FAILURE,
            ("Two weeks late and nobody said a word.",), "Year end is planned with each customer in October"),
)  # fmt: skip

PROMISES = (
    "Send the VAT guide", "Look at the card fees with them", "Ring when the export is mended",
    "Send the template for stock", "Ask Priya about the second till", "Find them a bookkeeper in town",
)  # fmt: skip
