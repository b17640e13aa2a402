#!/usr/bin/env python3
"""Rules of meaning that a random export of a known schema does not reach: amounts that are not sent, total rows that state
averages, drafts, other kinds of records, shares, parents, rosters, repeats. Written from the issues, README.md, schemas/README.md
and the help pages alone. Each rule makes a random file of its kind and says what must come of it; meaning.py runs them all."""
import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
from decimal import Decimal as D

from meaning_exports import PEOPLE, USER

UNITS = ["HVAC - Service", "Plumbing", "Electrical, new"]
MONEY_WORDS = ["Dispatch Surcharge", "Site Fee", "Odd Revenue", "Crew Bonus Amount", "Trip Charge", "Permit Cost", "Extra Sales", "Haul Price"]
HOUR_WORDS = ["Extra Hours", "Standby Hours", "Hours on Roof"]
COUNT_WORDS = ["Crew Size", "Ladders", "Dogs Met", "Stories"]
TEXT_WORDS = ["Gate Note", "Roof Color", "Parking"]
COMMON = ["id", "active", "createdOn", "modifiedOn"]


class Rules:
    def __init__(self, program, schemas, folder, rng):
        self.program, self.schemas, self.folder, self.r = program, schemas, folder, rng
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)

    # --- help
    def table(self, name, header, rows):
        out = io.StringIO()
        csv.writer(out, lineterminator=self.r.choice(["\n", "\r\n"])).writerows([header] + rows)
        return self.write(name, out.getvalue())

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as out:
            out.write(text)
        return name

    def do(self, *args):
        self.args = list(args)
        done = subprocess.run([self.program] + self.args, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = done.stdout.decode("utf-8", "replace")
        return done.returncode

    def convert(self, *args, out="out"):
        self.sent, self.rows = [], {}
        code = self.do("convert", "--no-config", "-o", out, "--force", *args)
        if os.path.exists(os.path.join(self.folder, out, "registrations.jsonl")) and code in (0, 8):
            with open(os.path.join(self.folder, out, "registrations.jsonl"), encoding="utf-8") as lines:
                self.sent = [json.loads(line, parse_float=D, parse_int=D) for line in lines]
            result = json.load(open(os.path.join(self.folder, out, "result.json"), encoding="utf-8"))
            self.rows = result["ledger"]["rows"]
        return code

    def total(self, title):
        values = [t[title] for t in self.sent if t.get(title) is not None]
        return sum(values) if values else None

    def check(self, *pairs):
        return ["%s: %r, the model %r" % (what, is_, should) for what, is_, should in pairs if is_ != should]

    def has(self, code):
        return code in self.said

    def money(self, x, style=0):
        text = "{:,.2f}".format(abs(x))
        return ("-" if x < 0 else "") + ("$" + text, text.replace(",", ""), text)[style % 3]

    def day(self):
        return dt.date(2025, 10, self.r.randrange(13, 31))

    def amount(self):
        return D(self.r.randint(100, 900000)) / 100

    def jobs(self, n, extra=()):
        """Jobs of a web report: header, rows, amounts."""
        amounts = [self.amount() for _ in range(n)]
        header = ["Job #", "Primary Technician", "Completion Date", "Jobs Total"]
        rows = [[str(500100 + k), self.r.choice(PEOPLE)[0], self.day().strftime("%m/%d/%Y"), self.money(a)] for k, a in enumerate(amounts)]
        return header, rows, amounts

    # --- the rules, by the numbers of issue 18
    def rule_01_unsent_money(self):
        n = self.r.randint(2, 9)
        header, rows, _ = self.jobs(n)
        told, silent = {}, []
        for word in self.r.sample(MONEY_WORDS, 2) + [self.r.choice(HOUR_WORDS), self.r.choice(COUNT_WORDS), self.r.choice(TEXT_WORDS)]:
            header.append(word)
            if word in MONEY_WORDS:
                style, values = self.r.randrange(2), [self.amount() for _ in rows]
                told[word] = "money"
                cells = [self.money(v, style) for v in values]
            elif word in HOUR_WORDS:
                cells = ["%d.%02d" % (self.r.randrange(9), self.r.choice([0, 25, 50, 75])) for _ in rows]
                told[word] = "hours"
            elif word in COUNT_WORDS:
                cells = [str(self.r.randrange(1, 9)) for _ in rows] if self.r.random() < .6 else ["%d.25" % self.r.randrange(1, 9) for _ in rows]
                silent.append(word)
            else:
                cells = [self.r.choice(["blue", "red", ""]) for _ in rows]
                silent.append(word)
            for row, cell in zip(rows, cells):
                row.append(cell)
        drop = self.r.choice([None] + list(told))
        alone = self.r.random() < .25  # nothing that holds money is sent
        if alone:
            rows = [row[:3] + row[4:] for row in rows]
            header = header[:3] + header[4:]
        code = self.convert(*(["-q"] if self.r.random() < .5 else []), "--schema", "jobs", *(["--drop", drop] if drop else []), self.table("jobs.csv", header, rows))
        if drop:
            del told[drop]
            silent.append(drop)
        wrong = [w for w in told if not re.search(r'(W127|E108).*"%s"' % re.escape(w), self.said)]
        wrong += [w for w in silent if re.search(r'(W127|E108).*"%s"' % re.escape(w), self.said)]
        return self.check(("columns told", wrong, []), ("exit", code, 1 if alone and "money" in told.values() else 0), ("E108", self.has("E108"), alone and "money" in told.values()))

    def rule_01_money_aliases(self):
        """The evidence's labels are sent: an invoice report whose money is Jobs Total Revenue."""
        n = self.r.randint(2, 8)
        amounts = [self.amount() for _ in range(n)]
        header = ["Invoice #", "Invoice Date", "Primary Technician", "Business Unit", "Opportunity", "Status", "Lead Generated By", "Jobs Total Revenue"]
        rows = [[str(77000 + k), self.day().strftime("%m/%d/%Y"), self.r.choice(PEOPLE)[0], self.r.choice(UNITS), "1", "Posted", "", self.money(a)] for k, a in enumerate(amounts)]
        order = self.r.sample(range(len(header)), len(header))
        code = self.convert(self.table("Copy of Jobs Report_Dated 10_01_25 - 10_31_25.csv", [header[k] for k in order], [[row[k] for k in order] for row in rows]))
        title = next((t for t in (self.sent or [{}])[0] if "Total" in t), None)
        return self.check(("exit", code, 0), ("money", self.total(title), sum(amounts)))

    def rule_02_totals_without_people(self):
        name, key, counts, money = self.r.choice([
            ("report-campaign-summary", "Campaign Name", ["Inbound Calls", "Unique Inbound Calls Booked", "Total Jobs Booked"], "Completed Revenue"),
            ("report-business-unit-performance", "Name", ["Completed Jobs", "Sales Opportunity", "Closed Opportunities"], "Completed Revenue"),
            ("report-membership-summary", "Name", ["Suspended", "Renewed", "New Sales"], None)])
        n = self.r.randint(2, 9)
        columns = [key] + counts + ([money] if money else [])
        body = [["Thing %d" % k] + [D(self.r.randint(1, 60)) for _ in counts] + ([self.amount()] if money else []) for k in range(n)]
        def total(rows, word):
            return [word] + [sum(row[k] for row in rows) for k in range(1, len(columns))]
        words = ["Total", "Grand Total", "Totals", "", "TOTAL:", "Grand total"]
        how = self.r.choice(["last", "last", "first", "sections", "one column", "wrong"])
        lines, extra, bad = list(body), 0, None
        if how == "last":
            lines, extra = body + [total(body, self.r.choice(words))], 1
        elif how == "first":
            lines, extra = [total(body, self.r.choice(words[:3]))] + body, 1
        elif how == "sections" and n > 3:
            half = n // 2
            lines = body[:half] + [total(body[:half], "")] + body[half:] + [total(body[half:], "")] + [total(body, "Grand Total")]
            extra = 3
        elif how == "one column":  # the last row may state one column only
            last = total(body, self.r.choice(words))
            keep = self.r.randrange(1, len(columns))
            lines, extra = body + [[v if k in (0, keep) else None for k, v in enumerate(last)]], 1
        elif how == "wrong":
            last = total(body, "Total")
            last[-1] += 1
            lines, bad = body + [last], True
        order = [0] + self.r.sample(range(1, len(columns)), len(columns) - 1)
        text = [[("" if row[k] is None else self.money(row[k]) if columns[k] == money else str(row[k])) for k in order] for row in lines]
        code = self.convert("--schema", name, "--period", "2025-10", self.table("r.csv", [columns[k] for k in order], text))
        if bad:
            return self.check(("exit", code, 1), ("E701", self.has("E701"), True))
        return self.check(("exit", code, 0), ("registrations", len(self.sent), n), ("total rows", self.rows.get("total_rows"), extra),
                          *[(c, self.total(c), sum(row[k + 1] for row in body)) for k, c in enumerate(columns[1:])])

    def rule_02_decoys(self):
        """In the middle one equal column makes no total row, nor does one beside another that is not equal; a row without a name
        is then a row without an ID."""
        name, key, columns = self.r.choice([("report-campaign-summary", "Campaign Name", ["Inbound Calls", "Unique Inbound Calls Booked", "Total Jobs Booked"]),
                                            ("report-business-unit-performance", "Name", ["Completed Jobs", "Sales Opportunity", "Closed Opportunities"]),
                                            ("report-membership-summary", "Name", ["Suspended", "Renewed", "New Sales"])])
        n = self.r.randint(4, 9)
        body = [["Thing %d" % k] + [self.r.randint(1, 60) for _ in columns] for k in range(n)]
        at, keep = self.r.randrange(2, n), self.r.randrange(1, len(columns) + 1)
        sums = [sum(row[k] for row in body[:at]) for k in range(1, len(columns) + 1)]
        decoy = [self.r.choice(["Total Comfort", "Totally Plumbing", "Subtotal Heating", ""])] + [v if k + 1 == keep else "" for k, v in enumerate(sums)]
        if self.r.random() < .6:  # one that is not equal, and perhaps two that are
            decoy = [decoy[0]] + (sums if self.r.random() < .5 else decoy[1:])
            decoy[keep % len(columns) + 1] = max(sums) + self.r.randint(100, 200)
        rows = body[:at] + [decoy] + body[at:]
        code = self.convert("--schema", name, "--period", "2025-10", *(["--on-error", "reject"] if not decoy[0] and self.r.random() < .5 else []),
                            self.table("r.csv", [key] + columns, rows))
        if not decoy[0] and "reject" not in self.args:
            return self.check(("exit", code, 1), ("E202", self.has("E202"), True))
        return self.check(("exit", code, 0 if decoy[0] else 8), ("total rows", self.rows.get("total_rows"), 0), ("registrations", len(self.sent), n + bool(decoy[0])),
                          *[(c, self.total(c), sum(D(row[k + 1] or 0) for row in (rows if decoy[0] else body))) for k, c in enumerate(columns)])

    def rule_02_only_row(self):
        a, b = self.amount(), self.r.randint(1, 50)
        code = self.convert("--schema", "report-campaign-summary", "--period", "2025-10",
                            self.table("c.csv", ["Campaign Name", "Inbound Calls", "Completed Revenue"], [[self.r.choice(["Total", "Google"]), b, self.money(a)]]))
        return self.check(("exit", code, 0), ("sent", self.total("Completed Revenue"), a))

    def rule_02_consequence(self):
        header, rows, amounts = self.jobs(self.r.randint(3, 7))
        rows[1][3] = rows[1][3].replace("$", "$O")
        rows.append(["Total", "", "", self.money(sum(amounts))])
        code = self.convert("--schema", "jobs", *(["--on-error", "reject"] if self.r.random() < .5 else []), self.table("j.csv", header, rows))
        return self.check(("E301", self.has("E301"), True), ("E701", self.has("E701"), False), ("exit", code, 8 if "reject" in self.args else 1))

    def rule_03_stated_averages(self):
        n = self.r.randint(3, 8)
        jobs = [D(self.r.randint(2, 20)) for _ in range(n)]
        revenue = [D(self.r.randint(10, 9000)) for _ in range(n)]
        values = [D(self.r.randint(100, 9000)) / 10 for _ in range(n)]
        how = self.r.choice(["mean", "by jobs", "by revenue", "sum"])
        if how == "by jobs":
            values = [round(v / w, 4) for v, w in zip(revenue, jobs)]
        if how == "mean" and self.r.random() < .4:
            values[0] = None
        there = [v for v in values if v is not None]
        stated = {"mean": sum(there) / len(there), "by jobs": sum(revenue) / sum(jobs), "sum": sum(there),
                  "by revenue": sum((v or 0) * w for v, w in zip(values, revenue)) / sum(revenue)}[how]
        word = self.r.choice(["Ticket", "Odd", "Sale Size"])  # no word says average
        self.write("board.json", json.dumps({"name": "board", "plecto": {"title": "Board", "id": "{Day}:{Name}"}, "fields": [
            {"name": "Name", "type": "string", "plecto": {"role": "employee-name"}}, {"name": "Day", "type": "date", "plecto": {"role": "date"}},
            {"name": "Jobs", "type": "integer", "plecto": {"aggregate": "sum"}}, {"name": "Revenue", "type": "number", "plecto": {"money": True, "aggregate": "sum"}},
            {"name": word, "type": "number", "plecto": {"aggregate": "sum"}}]}))
        who = [self.r.choice(PEOPLE[:3])[0] for _ in range(n)]
        rows = [[who[k], "2025-10-%02d" % (k + 2), jobs[k], self.money(revenue[k]), "" if values[k] is None else values[k]] for k in range(n)]
        rows.append([self.r.choice(["Total", "Grand Total"]), "", sum(jobs), self.money(sum(revenue)), round(stated, 2)])
        code = self.convert("--schema", "board.json", "--by", "month", self.table("b.csv", ["Name", "Day", "Jobs", "Revenue", word], rows))
        wrong = self.check(("exit", code, 0), ("W822", self.has("W822"), how != "sum"), ("revenue", self.total("Revenue"), sum(revenue)),
                           (how, self.total(word), sum(there) if how == "sum" else None))
        if how != "sum":  # single rows keep the value
            self.convert("--schema", "board.json", "b.csv")
            wrong += self.check(("value of a row", self.total(word), sum(there)))
        return wrong

    def rule_03_words(self):
        words = {"Average Ticket": 0, "Avg. Sale": 0, "Mean Age": 0, "Revenue per Hour": 0, "Sales per Technician": 0, "Revenue Per Call": 0, "Hourly Rate": 0, "Close Rate": 0, "Conversion": 0, "NPS": 0,
                 "Completed Revenue": 1, "Jobs Booked": 1, "Recalls": 1, "Total Sales": 1}
        chosen = self.r.sample(sorted(words), 7)
        n = self.r.randint(3, 6)
        rows = [[PEOPLE[k][0]] + [self.money(self.amount()) if w.split()[-1] in ("Ticket", "Sale", "Hour", "Technician", "Call", "Rate", "Revenue", "Sales") and w != "Close Rate" else str(self.r.randint(1, 90))
                                  for w in chosen] for k in range(n)]
        self.table("Board_Dated 10_01_25 - 10_31_25.csv", ["Name"] + chosen, rows)
        code = self.do("schema", "init", "Board_Dated 10_01_25 - 10_31_25.csv")
        wrong = self.check(("exit", code, 0))
        for w in chosen:
            line = next((line for line in self.said.splitlines() if '"name": "%s"' % w in line), "")
            wrong += self.check(("%s summed" % w, '"aggregate": "sum"' in line, bool(words[w])))
        return wrong

    def rule_04_per_employee(self):
        header, rows, _ = self.jobs(4)
        header.append("Business Unit")
        for row in rows:
            row.append(self.r.choice(UNITS))
        self.table("jobs.csv", header, rows)
        by = self.r.choice(["day", "week", "month"])
        code = self.convert("--schema", "jobs", "--by", by, "--per", "Business Unit", "jobs.csv")
        wrong = self.check(("exit", code, 2), ("fix", "employee,Business Unit" in self.said, True))
        code = self.convert("--schema", "jobs", "--by", by, "--per", "employee,Business Unit", "jobs.csv")
        return wrong + self.check(("exit", code, 0), ("people", {t["member_name"] for t in self.sent}, {row[1] for row in rows}))

    def rule_05_to_date(self):
        """A month that is merely not over is sent; one that the end of the period cuts off from rows of the file is not."""
        last = self.r.randrange(10, 26)
        later = self.r.random() < .5
        header, rows, amounts = self.jobs(6)
        days = [dt.date(2025, 10, self.r.randrange(1, last + 1)) for _ in rows]
        days[0] = dt.date(2025, 10, last)
        if later:
            days[1] = dt.date(2025, 10, self.r.randrange(last + 1, 32))
        for row, day in zip(rows, days):
            row[2] = day.strftime("%m/%d/%Y")
        kind = self.r.choice(["refuse", "drop", "allow", None])
        code = self.convert("--schema", "jobs", "--by", "month", "--period", "2025-10-01..2025-10-%02d" % last, *(["--cut-periods", kind] if kind else []), self.table("j.csv", header, rows))
        inside = sum(a for a, day in zip(amounts, days) if day.day <= last)
        if later and kind in ("refuse", None):
            return self.check(("exit", code, 2))
        if later and kind == "drop":
            return self.check(("cut", self.rows.get("cut_period"), 5)) if code in (0, 8) else self.check(("exit", code, 1))
        return self.check(("exit", code, 0), ("sent", self.total("Jobs Total"), inside), ("cut", self.rows.get("cut_period"), 0))

    def rule_06_open_scale(self):
        n = self.r.randint(2, 6)
        values = [D(self.r.randint(-98, 98)) / 100 for _ in range(n)]
        proof = self.r.choice([None, None, D("47.5"), D("-1.25")])
        if proof is not None:
            values[self.r.randrange(n)] = proof
        signs = proof is None and self.r.random() < .3
        header, rows, _ = self.jobs(n)
        for row, v in zip(rows, values):
            row.append(str(v) + "%" * signs)
        header.append("Jobs Gross Margin %")
        option = self.r.choice([None, "1", "100"]) if proof is None and not signs else None
        code = self.convert("--schema", "jobs", *(["--percent", option] if option else []), self.table("j.csv", header, rows))
        if proof is None and not signs and not option and any(values):
            return self.check(("exit", code, 1), ("E311", self.has("E311"), True))
        factor = 100 if option == "1" else 1
        return self.check(("exit", code, 0), ("values", sorted(t["Jobs Gross Margin %"] for t in self.sent), sorted(v * factor for v in values)))

    def rule_09_shares(self):
        total, reverse = self.r.choice([100, 100, 120, 90]), self.r.random() < .5
        count = self.r.randint(2, 3)
        cuts = sorted(self.r.sample(range(5, total - 5), count - 1))
        shares = [b - a for a, b in zip([0] + cuts, cuts + [total])]
        amount = self.amount()
        people = self.r.sample(PEOPLE, count)
        self.write("splits.json", json.dumps({"page": 1, "pageSize": 50, "hasMore": False, "totalCount": count, "data": [
            {"id": 10 + k, "jobId": 100, "technicianId": int(people[k][1]), "split": share, "active": True, "createdOn": "2025-11-04T15:00:0%dZ" % k, "modifiedOn": "2025-11-05T00:00:00Z"}
            for k, share in enumerate(shares)]}))
        self.write("jobs.json", json.dumps({"page": 1, "pageSize": 50, "hasMore": False, "totalCount": 1, "data": [
            {"id": 100, "jobNumber": "100", "jobStatus": "Completed", "completedOn": "2025-11-04T19:41:00Z", "createdOn": "2025-11-04T14:41:00Z",
             "modifiedOn": "2025-11-05T00:00:00Z", "jobTypeId": 201, "businessUnitId": 101, "firstAppointmentId": 1, "total": float(amount)}]}))
        main, other, title = ("splits.json", "jobs.json", "Split Revenue") if reverse else ("jobs.json", "splits.json", "Jobs Total")
        code = self.convert("--tz", "America/Chicago", "--with", other, main)
        if total != 100:
            return self.check(("exit", code, 1), ("E504", self.has("E504"), True))
        return self.check(("exit", code, 0), ("parts", len(self.sent), count), ("sum", self.total(title), amount),
                          ("whole cents", all((t[title] * 100) % 1 == 0 for t in self.sent), True))

    def rule_09_first_assigned(self):
        """The earliest by its moment, to the last digit, in any order."""
        digits = self.r.randint(1, 7)
        early, late = sorted(self.r.sample(range(10 ** digits), 2))
        who = self.r.sample([i for _, i in PEOPLE], 2)
        lines = [{"id": self.r.randint(1, 900) * 2 + k, "jobId": 100, "technicianId": int(who[k]), "assignedOn": "2025-11-04T15:00:00.%0*dZ" % (digits, moment), "assignedById": 1,
                  "status": "Done", "isPaused": False, "appointmentId": 7, "active": True, "createdOn": "2025-11-04T15:00:00Z", "modifiedOn": "2025-11-05T00:00:00Z"}
                 for k, moment in enumerate((early, late))]
        self.r.shuffle(lines)
        self.write("a.json", json.dumps({"page": 1, "pageSize": 50, "hasMore": False, "totalCount": 2, "data": lines}))
        self.write("jobs.json", json.dumps([{"id": 100, "jobNumber": "100", "jobStatus": "Completed", "completedOn": "2025-11-04T19:41:00Z", "createdOn": "2025-11-04T14:41:00Z",
                                             "firstAppointmentId": 1, "total": 5}]))
        code = self.convert("--schema", "jobs", "--tz", "UTC", "--with", "a.json", "jobs.json")
        return self.check(("exit", code, 0), ("first", [t["member_api_id"] for t in self.sent], [who[0]]))

    def rule_09_counted_once_each(self):
        n = self.r.randint(2, 6)
        header, rows, amounts = self.jobs(n)
        header[1] = "Assigned Technicians"
        counts = []
        for row in rows:
            people = [p for p, _ in self.r.sample(PEOPLE[:5], self.r.randint(1, 3))]
            counts.append(len(people))
            row[1] = ", ".join(people + people[:self.r.randrange(2)])
        if max(counts) < 2:
            rows[0][1], counts[0] = "Ana Lopez, Bo Chen", 2
        by = self.r.choice([[], ["--by", "day"], ["--by", "month"]])
        code = self.convert("--schema", "jobs", "--several", "split", *by, self.table("j.csv", header, rows))
        several = sum(c > 1 for c in counts)
        wrong = self.check(("exit", code, 0), ("sum", self.total("Jobs Total"), sum(amounts)))
        if by:
            wrong += self.check(("rows", self.total("Count"), D(sum(counts))), ("said", "%d for %d row" % (sum(counts), n) in self.said
                                                                           or "%d for %d row" % (sum(c for c in counts if c > 1), several) in self.said, True))
        else:
            wrong += self.check(("registrations", len(self.sent), sum(counts)), ("said", bool(re.search(r"written as %d registrations" % sum(c for c in counts if c > 1), self.said)
                                                                                             or re.search(r"%d registrations written" % sum(counts), self.said)), True))
        return wrong

    def rule_10_parents(self):
        n, lines, sums = self.r.randint(2, 5), [], {}
        for k in range(n):
            items = [self.amount() for _ in range(self.r.randint(1, 4))]
            sums[k] = sum(items)
            who = self.r.choice(PEOPLE)[0]
            lines += [[str(9001 + k), "A%d" % j, "10/%02d/2025" % (k + 14), who, self.money(v), self.money(sums[k])] for j, v in enumerate(items)]
        if len(lines) == n:
            lines.append([lines[0][0], "B1", lines[0][2], lines[0][3], "$0.00", lines[0][5]])
        parent = self.r.choice(["Invoice Item Totals (Invoices)", "Invoice Amount (Invoice)", "Subtotal (Invoices)"])
        per = self.r.random() < .5
        name = parent.split(" (")[0]
        self.write("lines.json", json.dumps({"name": "lines", "plecto": {"title": "Lines", "id": "{Invoice #}:{Item Code}"}, "fields": [
            {"name": "Invoice #", "type": "string"}, {"name": "Item Code", "type": "string"}, {"name": "Invoice Date", "type": "date", "plecto": {"role": "date"}},
            {"name": "Sold By", "type": "string", "plecto": {"role": "employee-name"}},
            {"name": "Item Total", "type": "number", "plecto": {"money": True, "aggregate": "sum"}},
            {"name": name, "type": "number", "plecto": dict({"money": True, "aggregate": "sum"}, **({"per": "Invoice #"} if per else {}))}]}))
        code = self.convert("--schema", "lines.json", "--by", "month",
                            self.table("l.csv", ["Invoice #", "Item Code", "Invoice Date", "Sold By", "Item Total (Invoice Items)", parent], lines))
        return self.check(("exit", code, 0), ("items", self.total("Item Total"), sum(sums.values())), ("W823", self.has("W823"), not per),
                          ("parents", self.total(name), sum(sums.values()) if per else None))

    def rule_13_draft_ids(self):
        n = self.r.randint(3, 7)
        extra = {"_airbyte_raw_id": ["%08x-1" % self.r.getrandbits(32) for _ in range(n)], "_fivetran_id": ["%09x" % self.r.getrandbits(36) for _ in range(n)],
                 "_sdc_sequence": [str(17000000 + k) for k in range(n)], "Invoice #": [str(880 + k) if k < n - 1 else "" for k in range(n)],
                 "Payroll ID": [str(70 + k) for k in range(n)], "Location Zip": ["%05d" % (501 + 7 * k) for k in range(n)], "Customer Email": ["c%d@example.com" % k for k in range(n)],
                 "Hire Date": ["3/%d/2019" % (k + 13) for k in range(n)]}
        chosen = self.r.sample(sorted(extra), 3)
        columns = {"Name": [PEOPLE[k][0] for k in range(n)], "Completed Revenue": [self.money(self.amount()) for _ in range(n)],
                   "Completed Jobs": [str(self.r.randint(1, 40)) for _ in range(n)]}
        columns.update({c: extra[c] for c in chosen})
        order = self.r.sample(sorted(columns), len(columns))
        rows = [[columns[c][k] for c in order] for k in range(n)]
        for month, days in (("10", 31), ("11", 30)):
            self.table("Board_Dated %s_01_25 - %s_%d_25.csv" % (month, month, days), order, rows)
        code = self.do("schema", "init", "-o", "draft.json", "Board_Dated 10_01_25 - 10_31_25.csv")
        if code:
            return ["schema init: exit %d\n%s" % (code, self.said)]
        template = re.search(r'"id": "([^"]*)"', open(os.path.join(self.folder, "draft.json"), encoding="utf-8").read())
        wrong = self.check(("template", bool(template), True), ("period first", bool(template) and template.group(1).startswith("{period}"), True))
        wrong += ["%s is in the ID %s" % (c, template.group(1)) for c in extra if template and "{%s}" % c in template.group(1)]
        code = self.convert("--schema", "./draft.json", "Board_Dated 10_01_25 - 10_31_25.csv", "Board_Dated 11_01_25 - 11_30_25.csv")
        return wrong + self.check(("exit", code, 0), ("registrations", len({t["external_id"] for t in self.sent}), 2 * n),
                                  ("private", [c for c in ("Location Zip", "Customer Email") if any(c in t for t in self.sent)], []))

    def rule_13_payroll(self):
        """Lines of a payroll: what makes them unique is taken from columns that are filled in every row."""
        n, kinds = self.r.randint(3, 7), ["Hourly", "Spiff", "Bonus", "Overtime", "Trip", "Meeting", "Training"]
        who = [self.r.choice(PEOPLE[:2])[0] for _ in range(n)]
        who[1] = who[0]
        empty = self.r.randrange(n)
        columns = {"Employee": who, "Pay Date": ["10/13/2025"] * n, "Activity": self.r.sample(kinds, n), "Invoice #": ["" if k == empty else str(88000 + k) for k in range(n)],
                   "Gross Pay": [self.money(self.amount()) for _ in range(n)]}
        order = ["Employee", "Pay Date"] + self.r.sample(["Activity", "Invoice #", "Gross Pay"], 3)
        code = self.do("schema", "init", "-o", "draft.json", self.table("pay.csv", order, [[columns[c][k] for c in order] for k in range(n)]))
        template = re.search(r'"id": "([^"]*)"', open(os.path.join(self.folder, "draft.json"), encoding="utf-8").read()) if code == 0 else None
        wrong = self.check(("exit", code, 0), ("Invoice # in the ID", bool(template) and "{Invoice #}" in template.group(1), False))
        code = self.convert("--schema", "./draft.json", "pay.csv")
        return wrong + self.check(("exit", code, 0), ("registrations", len({t["external_id"] for t in self.sent}), n))

    def rule_13_no_id(self):
        """Where only a private or a loader's column makes rows unique, no ID is drafted."""
        n = self.r.randint(3, 6)
        label, cells = self.r.choice([("Location Zip", ["%05d" % (501 + 7 * k) for k in range(n)]), ("Customer Email", ["c%d@example.com" % k for k in range(n)]),
                                      ("_airbyte_raw_id", ["%08x-1" % self.r.getrandbits(32) for _ in range(n)]), ("_fivetran_id", ["%09x" % self.r.getrandbits(36) for _ in range(n)])])
        name = self.table("r_Dated 10_01_25 - 10_31_25.csv", [label, "Completed Revenue"], [[c, self.money(self.amount())] for c in cells])
        code = self.do("schema", "init", name)
        return self.check(("exit", code, 1), ("in the ID", "{%s}" % label in self.said, False))

    def rule_13_id_parts(self):
        """Dates one way, numbers without commas: the same row has the same ID from every spelling."""
        n = self.r.randint(2, 6)
        days, numbers = [self.day() for _ in range(n)], [str(1000 + k * 512 + self.r.randrange(500)) for k in range(n)]
        days[0] = dt.date(2025, 10, 30)  # proves month first
        who = [self.r.choice(PEOPLE)[0] for _ in range(n)]
        self.write("own.json", json.dumps({"name": "own", "plecto": {"title": "Own", "id": "{Number}/{Day}"}, "fields": [
            {"name": "Number", "type": self.r.choice(["string", "integer"])}, {"name": "Day", "type": self.r.choice(["date", "datetime"]), "plecto": {"role": "date"}},
            {"name": "Name", "type": "string", "plecto": {"role": "employee-name"}}]}))
        ids = []
        for style in range(3):
            day = [(d.isoformat(), d.strftime("%m/%d/%Y"), d.strftime("%b %d, %Y"))[style] for d in days]
            number = ["{:,}".format(int(x)) if style == 1 else x for x in numbers]
            code = self.convert("--schema", "own.json", self.table("o.csv", ["Number", "Day", "Name"], [list(x) for x in zip(number, day, who)]))
            ids.append(sorted(t["external_id"] for t in self.sent) if code == 0 else code)
        should = sorted("%s/%s" % (x, d.isoformat()) for x, d in zip(numbers, days))
        return self.check(("IDs", ids, [should] * 3))

    def rule_13_private(self):
        self.write("own.json", json.dumps({"name": "own", "plecto": {"title": "Own", "id": "{Day}:{Zip}"}, "fields": [
            {"name": "Zip", "type": "string", "plecto": {"private": True}}, {"name": "Day", "type": "date", "plecto": {"role": "date"}},
            {"name": "Name", "type": "string", "plecto": {"role": "employee-name"}}]}))
        code = self.convert("--schema", "own.json", self.table("o.csv", ["Zip", "Day", "Name"], [["00501", "2025-10-20", "Ana"]]))
        return self.check(("exit", code, 2), ("named", '"Zip"' in self.said, True))

    def rule_15_two_spaces(self):
        number = self.r.randint(3000, 4000)
        (one, _), (two, _) = self.r.sample(PEOPLE, 2)
        same = self.r.random() < .3
        self.write("technicians.json", json.dumps([dict({"id": number, "name": one}, **({} if same else {"userId": number + 5000}))]))
        self.table("users.csv", ["id", "name", "space"], [[number, one if same else two, "user"]])
        self.write("calls.json", json.dumps({"id": 1, "leadCall": {"id": 66001, "receivedOn": "2025-03-20T15:00:00Z", "duration": "00:01:06", "direction": "Inbound", "callType": "Booked",
                                                                  "createdOn": "2025-03-20T15:00:00Z", "modifiedOn": "2025-03-21T00:00:00Z", "active": True, "agent": {"id": number, "name": None}}}))
        if self.r.random() < .5:  # estimates do not say which list their seller is of
            self.table("users.csv", ["id", "name", "space"], [[number, one if same else two, "employee"]])
            self.write("calls.json", json.dumps([{"id": 1, "soldBy": number, "createdOn": "2025-10-20T15:00:00Z", "isRecommended": True, "proposalTagName": None, "status": {"name": "Sold"}}]))
            code = self.convert("--schema", "estimates", "--tz", "UTC", "--roster", "technicians.json", "--roster", "users.csv", "calls.json")
            if same:
                return self.check(("exit", code, 0), ("name", [t["member_name"] for t in self.sent], [one]))
            return self.check(("refused", code, 1), ("names both", one in self.said and two in self.said, True))
        args = ["--tz", "America/Chicago", "--roster", "technicians.json", "--roster", "users.csv", "calls.json"]
        code = self.convert(*args)
        if same:
            return self.check(("exit", code, 0), ("name", [t["member_name"] for t in self.sent], [one]))
        wrong = self.check(("refused", code in (1, 2), True), ("names both", one in self.said and two in self.said, True))
        code = self.convert("--provider", "ServiceTitan users", *args)
        return wrong + self.check(("exit", code, 0), ("name", [t["member_name"] for t in self.sent], [two]))

    def rule_15_one_person(self):
        """By technician ID, user ID, name or alias: one ID, one name."""
        name, number = self.r.choice(PEOPLE)
        last = " ".join(name.split()[1:])
        self.write("people.json", json.dumps({"data": [{"id": int(i), "userId": int(USER[i]), "name": n, "active": True, "aliases": ["Nick %s" % i]} for n, i in PEOPLE]}))
        spelling = self.r.choice([name, "Nick %s" % number, " ".join(name.split(" ")) + " ", "%s, %s" % (last, name.split()[0])])
        header, rows, _ = self.jobs(3)
        rows[0][1] = spelling
        wrong, ids = [], []
        code = self.convert("--schema", "jobs", "--roster", "people.json", self.table("j.csv", header, rows[:1]))
        ids.append([(t["member_api_id"], t["member_name"]) for t in self.sent] if code == 0 else self.said)
        self.write("c.json", json.dumps({"id": 1, "leadCall": {"id": 66001, "receivedOn": "2025-03-20T15:00:00Z", "duration": "00:01:06", "direction": "Inbound", "callType": "Booked",
                                                              "createdOn": "2025-03-20T15:00:00Z", "active": True, "agent": {"id": int(USER[number]), "name": self.r.choice([None, name])}}}))
        code = self.convert("--schema", "calls", "--tz", "UTC", "--roster", "people.json", "c.json")
        ids.append([(t["member_api_id"], t["member_name"]) for t in self.sent] if code == 0 else self.said)
        return wrong + self.check(("people", ids, [[(number, name)]] * 2))

    def rule_16_missing_employee(self):
        """E201 names the filled person columns, and the command with one of them works."""
        n = self.r.randint(3, 6)
        other = self.r.choice(["Booked By", "Dispatched By", "Lead Generated By"])
        header, rows, _ = self.jobs(n)
        header.append(other)
        for row in rows:
            row[1], _ = "", row.append(self.r.choice(PEOPLE)[0])
        self.table("j.csv", header, rows)
        code = self.convert("--schema", "jobs", "j.csv")
        wrong = self.check(("exit", code, 1), ("E201", self.has("E201"), True), ("names it", "--employee '%s'" % other in self.said, True))
        code = self.convert("--schema", "jobs", "--employee", self.r.choice([other, other.lower()]), "j.csv")
        return wrong + self.check(("exit", code, 0), ("people", sorted(t["member_name"] for t in self.sent), sorted(row[-1] for row in rows)))

    def rule_16_estimates(self):
        n = self.r.randint(2, 7)
        rows = [[str(300 + k), self.r.choice(["Open", "Sold"]), "", self.r.choice(PEOPLE)[0], self.day().strftime("%m/%d/%Y"), self.money(self.amount())] for k in range(n)]
        for row in rows:
            row[2] = self.r.choice(PEOPLE)[0] if row[1] == "Sold" else ""
        code = self.convert("--schema", "estimates", self.table("e.csv", ["Estimate ID", "Estimate Status", "Sold By", "Estimate Created By", "Creation Date", "Estimates Subtotal"], rows))
        return self.check(("exit", code, 0), ("people", sorted(t["member_name"] for t in self.sent), sorted(row[2] or row[3] for row in rows)))

    def rule_17_other_kinds(self):
        text = re.sub(r"^\s*//.*$", "", open(os.path.join(self.schemas, "api", "kinds.json"), encoding="utf-8").read(), flags=re.M)
        kind = self.r.choice(json.loads(text)["kinds"])
        keys = [k for k in kind["keys"] if k not in COMMON]
        keys = self.r.sample(keys, self.r.randint(max(1, len(keys) * 2 // 3), len(keys)))
        record = {"id": 900100, "active": True, "createdOn": "2025-10-20T15:00:00Z", "modifiedOn": "2025-10-21T15:00:00Z"}
        for k in keys:
            record[k] = "2025-10-20T15:00:00Z" if k.endswith("On") else 4101 if k.endswith("Id") else [] if k.endswith("s") and k != "status" else "x"
        if self.r.random() < .6:
            self.write("x.json", json.dumps({"page": 1, "hasMore": False, "data": [record, dict(record, id=900101)]}))
            code = self.convert("--tz", "UTC", "x.json")
        else:
            record = {k: v for k, v in record.items() if not isinstance(v, list)}
            code = self.convert("--tz", "UTC", self.table("x.csv", list(record), [[str(v) for v in record.values()]]))
        return self.check(("refused (%s: %s)" % (kind["name"], keys), code in (1, 2, 3), True), ("nothing sent", self.sent, []))

    def rule_20_repeats(self):
        """The same report twice, spelled otherwise: equal in value is a repeat."""
        header, rows, amounts = self.jobs(self.r.randint(2, 7))
        rows[0][2] = "10/30/2025"
        self.table("a.csv", header, rows)
        again = [[row[0], row[1], dt.datetime.strptime(row[2], "%m/%d/%Y").strftime(self.r.choice(["%Y-%m-%d", "%b %d, %Y"])), self.r.choice([str(a), "%.4f" % a, "{:,.2f}".format(a)])]
                 for row, a in zip(rows, amounts)]
        code = self.convert("--schema", "jobs", "a.csv", self.table("b.csv", header, again))
        return self.check(("exit", code, 0), ("registrations", len(self.sent), len(rows)), ("repeated", self.rows.get("repeated"), len(rows)), ("sum", self.total("Jobs Total"), sum(amounts)))

    def rule_20_aliases(self):
        """W123 proposes only what fits, and nothing private."""
        header, rows, _ = self.jobs(4)
        label, cells, fits = self.r.choice([("Jobs Totl", ["$%d.00" % k for k in range(4)], True), ("Customer City", ["Mesa"] * 4, False), ("Customer Phone", ["602-555-01%02d" % k for k in range(4)], False),
                                            ("Completion Dte", ["blue"] * 4, False), ("Job Sttus", ["Completed"] * 4, None)])
        if label == "Jobs Totl":
            header, rows = header[:3], [row[:3] for row in rows]
        if label == "Completion Dte":
            header[2] = "Created Date"
        header.append(label)
        for row, cell in zip(rows, cells):
            row.append(cell)
        self.convert("--schema", "jobs", self.table("j.csv", header, rows))
        said = bool(re.search(r'W123.*"%s"' % label, self.said))
        return [] if fits is None else self.check(("W123 for %s" % label, said, fits))


NAMES = sorted(n for n in dir(Rules) if n.startswith("rule_"))


def run_rule(name, program, schemas, folder, rng):
    """What is wrong with one random file of a rule, and what the program said."""
    rules = Rules(program, schemas, folder, rng)
    wrong = getattr(rules, name)()
    return wrong, rules
