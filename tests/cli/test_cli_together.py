"""Several at once: nothing is lost, nothing is there twice, and nobody is told of an error."""

from running import Care, ended, write_csv


def test_twelve_logs_by_four_processes(filled: Care) -> None:
    filled.ok("plan")
    for three in range(1, 13, 4):
        running = [
            filled.start(
                "log", str(who), "--answer", f"ease=words {who}", "--issue", "i1" if three > 1 else f"Bug {who}"
            )
            for who in range(three, three + 4)
        ]
        for one in running:
            done = ended(one)
            assert (done.code, "care: " in done.err) == (0, False), done
    assert filled.ok("report", "heard", "--json").json["heard"]["talks"] == 12
    heard = filled.ok("customers", "--json").json["customers"]
    assert [one["last_heard_on"] for one in heard] == ["2026-11-23"] * 12
    issues = filled.ok("issues", "--json").json["issues"]
    assert sorted(len(one["raised_by"]) for one in issues) == [1, 1, 1, 9]
    assert {one["status"] for one in filled.ok("doctor", "--json").json["checks"]} == {"ok"}


def test_four_imports_of_one_file_and_four_plans(care: Care) -> None:
    care.ok("init", "--country", "NO")
    write_csv(care.folder / "same.csv", ["Name,Phone", *(f"Person {n},+47 9{n:07d}" for n in range(500))])
    imports = [ended(one).json for one in [care.start("customers", "import", "same.csv", "--json") for _ in range(4)]]
    assert sorted(one["added"] for one in imports) == [0, 0, 0, 500]
    assert sorted(one["unchanged"] for one in imports) == [0, 500, 500, 500]
    assert care.ok("customers", "--json").json["total"] == 500
    plans = [ended(one).json for one in [care.start("plan", "--json") for _ in range(4)]]
    assert len({one["seal"] for one in plans}) == 1
    assert {len(one["calls"]) for one in plans} == {3}
