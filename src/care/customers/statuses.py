"""Where a customer stands, in the words other tools have for it."""

import re
from functools import lru_cache

from care.text import fold
from care.words import Status

_WORDS = re.compile(r"[\W_]+")

# Whole values, folded, with single spaces for whatever stands between the words.
_KNOWN = {
    Status.ACTIVE: """active|activated|current|existing|live|customer|client|evangelist|advocate|in contract
        |under contract|won|closed won|deal won|sale done|sold|closed converted|converted|conversion|paying|paid
        |paying customer|premium|onboarding|onboarded|renewed|past due|unpaid|vip|repeat customer
        |returning customer|kunde|bestandskunde|aktiv|cliente|activo|activa|ativo|ativa|attivo|attiva|actif
        |active client|klant|actief|aktiivinen|عميل|клиент|активный|客户|顧客""",
    Status.PROSPECT: """prospect|lead|new|new lead|open|opened|open not contacted|not contacted|contacted
        |working|working contacted|attempting|attempted|attempted to contact|attempting to contact
        |contact attempted|did not connect|no answer|connected|in progress|in process|open deal|opportunity
        |qualified|unqualified|not qualified|disqualified|pre qualified|bad timing|bad lead|good lead
        |good lead follow up|junk|junk lead|nurture|nurturing|nurturing lead|contact in future|follow up
        |followup|interested|not interested|potential|suspect|target|trial|trialing|trialling|on trial
        |free trial|demo|demo scheduled|meeting scheduled|proposal|proposal sent|negotiation|quote sent|pending
        |waiting|marketing qualified lead|sales qualified lead|mql|sql|sal|cold|warm|hot|cold lead|warm lead
        |hot lead|interessent|neu|offen|neukunde in spe|prospecto|nuevo|nueva|contactado|novo|nuovo|potenziale
        |prospetto|nouveau|nieuw|ny|lead nuevo|потенциальный|новый""",
    Status.FORMER: """former|former customer|ex|ex customer|past|past customer|previous customer|old customer
        |churned|churn|lost|lost customer|lost lead|closed lost|deal lost|closed not converted|inactive
        |not active|deactivated|cancelled|canceled|cancelled customer|canceled customer|terminated|expired|ended
        |left|gone|archived|dormant|lapsed|dead|ehemalig|ehemaliger kunde|inaktiv|gekundigt|verloren|inactivo
        |inactiva|perdido|perdida|inativo|inattivo|perso|inactif|ancien client|perdu|voormalig|inactief
        |tidligere|tidligere kunde|tidigare|tidigare kund|бывший|неактивный""",
}

_STATUSES = {fold(words): status for status, all_words in _KNOWN.items() for words in all_words.split("|")}

# Single words that tell in a longer value, if they all tell the same and none of them is denied.
_TELLING = {
    **dict.fromkeys(["customer", "client", "won", "converted", "paying"], Status.ACTIVE),
    **dict.fromkeys(["lead", "prospect", "opportunity", "contacted", "nurturing", "trial"], Status.PROSPECT),
    **dict.fromkeys(["former", "churned", "lost", "cancelled", "canceled", "inactive"], Status.FORMER),
}

_DENYING = frozenset(["not", "no", "non", "never", "un", "ex", "former", "potential", "future", "nicht", "kein"])


@lru_cache(maxsize=1024)
def status_of(written: str) -> Status | None:
    """The status a tool's word stands for, None when the word is not known to mean one of them."""
    words = " ".join(_WORDS.split(fold(written))).strip()
    known = _STATUSES.get(words)
    if known is not None:
        return known
    parts = words.split()
    told = {_TELLING[part] for part in parts if part in _TELLING}
    if len(told) != 1 or _DENYING.intersection(parts):
        return None
    return told.pop()
