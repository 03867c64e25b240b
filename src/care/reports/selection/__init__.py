"""Who was drawn and who was heard, held against what honest draws would bring (``draw.md``, What may be claimed)."""
