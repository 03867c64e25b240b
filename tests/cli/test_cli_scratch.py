from running import *
HOSTILE = ["ACME [/home]", "[red]Bob", "Eve\x1b[31m\x1b]52;c;ZXZpbA==\x07", "Gnirts\u202edesrever\u2066x", ":smile: Sam", "L"+"o"*197+"ng", "New\nline\tTabNul\x85Nel",
 "Fam 👨‍👩‍👧‍👦 ily", "محمد أحمد", "Zero\u200bwidth", "宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽宽 宽宽宽"]
def test_a(filled):
    import csv,io
    f=io.StringIO(); w=csv.writer(f); w.writerow(["Name","Company","Phone"])
    for i,n in enumerate(HOSTILE): w.writerow([n, n, f"+47 900 00 {100+i}"])
    (filled.folder/"h.csv").write_text(f.getvalue(), newline="")
    for width in (60,):
        s=filled.shown("customers","import","h.csv",width=width); print(s)
        print("WIDE", too_wide(s,width), NOTHING_HIDDEN.findall(bare(s).replace("\r\n","\n")))
    d=filled.ok("customers","--json")
    for c in d.json["customers"]: print(c["id"], repr(c["name"])[:60])
    print(filled.ok("customers").out[-3000:])
    for c in d.json["customers"][12:]:
        i=str(c["id"])
        filled.ok("plan","add",i)
    filled.ok("log","15","--answer","ease=\x1b[2J bad [red] :smile:\u202e","--issue","[bold]x\x1b[1m","--remember","\u202eabc\x07")
    for w in ("","plan","brief 15","report","issues","owed","customers","config","customers show 15","issues show i1"):
        for width in (60,200):
            s = filled.shown(*w.split(), width=width)
            t=bare(s)
            print(f"---- {w} {width}"); print(t); print("WIDE", too_wide(s,width), NOTHING_HIDDEN.findall(t))
