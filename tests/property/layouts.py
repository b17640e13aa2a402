"""40 layouts of reports, converted at first try by the command that inspect names: each row a registration of its person, each
amount, count and length of time in the registrations and in the totals of a month, no average or rate summed, nothing private.

    layouts.py [NUMBER…]    prints what is wrong, and at last "N right of 40", and how many are wrong without a word; exit 0
                            where all are right

A layout: the file's name, its title lines, whether it has a total row, and its columns: "label = kind", where a kind is p (a
person), P (a person's ID), n (what the row is of, no person), i (the row's ID), d (the date), m (money), c (a count), h (hours),
a (an average in dollars), r (a rate in percent), t (text), D (another day), s (a secret: personal data), f (yes or no).
"""
import csv
import json
import os
import shlex
import subprocess
import sys

PROGRAM = os.environ["ST2PLECTO"]
OCTOBER = "Date Range: 10/1/2025 - 10/31/2025"
DATED = "_Dated 10_01_25 - 10_31_25.csv"
PEOPLE = ["Ana Lopez", "Ben Ito", "Cy Ortiz", "Dana O'Neil"]
THINGS = ["HVAC Service", "HVAC Install", "Plumbing", "Drains & Sewer"]

LAYOUTS = [
    # technicians
    ("t.csv", ["Technician Performance", OCTOBER], True, "Name=p,Completed Revenue=m,Completed Jobs=c,Opportunity=c,Converted Jobs=c,Opportunity Conversion Rate=r,Total Job Average=a,Leads Set=c"),
    ("Technician Scorecard" + DATED, [], True, "Name=p,Technician ID=P,Technician Business Unit=t,Completed Revenue=m,Total Sales=m,Close Rate=r,Closed Opportunities=c,Sales Opportunity=c,Customer Satisfaction=a"),
    ("Board" + DATED, [], False, "Name=p,Technician ID=P,Completed Revenue=m,Adjustment Revenue=m,Total Sales=m,Completed Jobs=c,Leads Sold=c,Average Sale=a,Revenue per Hour=a,Close Rate=r"),
    ("Board" + DATED, [], False, "Name=p,Completed Revenue=m"),
    ("Board" + DATED, [], True, "Technician=p,Completed Revenue=m,Spiffs=m,Recalls=c,Days Worked=c,Avg Ticket=a"),
    ("Board" + DATED, [], False, "Technician Name=p,Business Unit=t,Completed Jobs=c,Completed Revenue=m,Average Ticket=a,5 Star Reviews=c"),
    ("week.csv", ["Memberships", OCTOBER], False, "Technician=p,Memberships Sold=c,Membership Opportunities=c,Membership Conversion Rate=r,Membership Revenue=m"),
    ("p.csv", ["Productivity", OCTOBER], True, "Name=p,TechnicianId=P,RevenuePerHour=a,BillableEfficiency=r,ItemBillableHours=h,JobBillableHours=h,RecallsCaused=c,CompletedJobs=c"),
    ("Sales" + DATED, [], False, "Sales Rep=p,Total Sales=m,Opportunities=c,Close %=r,Avg Sale=a"),
    ("Comfort Advisors" + DATED, [], True, "Comfort Advisor=p,Sold Jobs=c,Sold Revenue=m,Leads=c,Revenue / Lead=a,Financed Amount=m"),
    # what no person is
    ("b.csv", ["Business Unit Performance", OCTOBER], True, "Name=n,Completed Revenue=m,Total Revenue=m,Non-Job Revenue=m,Opportunity Job Average=a,Lead Generation Opportunity=c,Lead Conversion Rate=r"),
    ("Business Unit Performance" + DATED, [], False, "Name=n,Completed Revenue=m,Completed Jobs=c,Close Rate=r"),
    ("Units" + DATED, [], False, "Business Unit=n,Completed Revenue=m,Budget=m,Jobs=c"),
    ("Campaigns" + DATED, [], True, "Campaign Name=n,Campaign Category=t,Inbound Calls=c,Unique Inbound Calls=c,Total Jobs Booked=c,Completed Revenue=m,Cost Per Lead=a,ROI %=r"),
    ("c.csv", ["Campaign Summary", OCTOBER], False, "Campaign Name=n,Spend=m,Leads=c,Inbound Calls=c"),
    ("m.csv", ["Membership Summary", OCTOBER], True, "Name=n,Suspended=c,Canceled=c,Expired=c,Renewed=c,New Sales=c"),
    ("j.csv", ["Job Types", OCTOBER], False, "Job Type=n,Completed Jobs=c,Completed Revenue=m,Avg Job=a"),
    ("z.csv", ["Zones", OCTOBER], False, "Zone=n,Jobs=c,Revenue=m"),
    # calls, pay, hours
    ("CSR" + DATED, [], True, "Name=p,Lead Calls=c,Inbound Calls Booked=c,Inbound Booking Rate=r"),
    ("calls.csv", ["Call Booking", OCTOBER], False, "CSR=p,Calls Answered=c,Lead Calls=c,Booked=c,Booking Rate=r,Talk Hours=h"),
    ("hours" + DATED, [], True, "Employee Name=p,Regular Hours=h,OT Hours=h,DT Hours=h,Total Hours=h"),
    ("labor.csv", [], False, "EmployeeName=p,Date=d,RegularHours=h,OvertimeHours=h,DoubleOvertimeHours=h"),
    ("ts.csv", ["Timesheets", OCTOBER], False, "Employee=p,Payroll ID=t,Regular Hours=h,PTO Hours=h,Hourly Rate=a,Gross Pay=m"),
    ("pay.csv", [], False, "Technician=p,Invoice Id=i,Invoice=t,Invoiced On=d,Customer=s,Split %=r,Bonus=m,Pay Adj.=m"),
    ("adj.csv", [], False, "Technician=p,Posted On=d,Memo=s,Amount=m"),
    ("gross.csv", [], False, "Employee=p,Employee ID=P,Pay Date=d,Activity=t,Gross Pay=m,Regular Hours=h,Rate=a"),
    # records
    ("est.csv", ["Unsold Estimate Follow-Up", OCTOBER], True, "Estimate Id=i,Parent Job Number=t,Estimates Subtotal=m,Estimate Age (Days)=a,Number of Follow Ups=c,Creation Date=d,Estimate Created By=p,Customer Email=s"),
    ("opp.csv", [], False, "Job #=i,Lead Type=t,Total Estimates=c,Opportunity Date=d,Job’s Business Unit=t,Customer Name=s,Sold By=p,Estimate Subtotal=m,Sales Opportunity=f,Closed=f"),
    ("csr.csv", [], False, "BookedBy=p,JobNumber=i,InvoiceNumber=t,FirstDispatch=d,Total=m"),
    ("lines.csv", [], False, "Invoice #=i,Item Code=t,Item Name=t,Quantity=c,Pricebook Price=a,Item Total=m,Invoice Date=d,Primary Technician (Invoice Items)=p"),
    ("upcoming.csv", ["Scheduled Revenue"], True, "Job #=i,Status=t,Job Type=t,Business Unit=t,Jobs Subtotal=m,Scheduled Date=d,Total Appointments=c,Assigned Technicians=p,Location Address=s"),
    ("sent.csv", [], False, "Invoice #=i,Customer=s,Amount=m,Invoice Balance=m,Technician=p,Invoiced On=d,Emailed On=D"),
    ("wip.csv", ["Project Summary", OCTOBER], False, "Project Id=n,TD Total Cost=x,TD Invoice Revenue=x,TD % Complete Cost=r"),
    ("jobs.csv", [], True, "Job #=i,Completion Date=d,Primary Technician=p,Business Unit=t,Jobs Subtotal=m,Jobs Total=m,Customer Name=s"),
    ("inv.csv", [], False, "Invoice #=i,Invoice Date=d,Primary Technician=p,Business Unit=t,Jobs Total Revenue=m"),
    ("costing.csv", ["Job Costing"], True, "Job #=i,Scheduled Date=d,Primary Technician=p,Jobs Subtotal=m,Labor Pay=m,Jobs Total Costs=m"),
    ("payments.csv", [], False, "Payment #=i,Payment Date=d,Payment Type=t,Collected By=p,Amount=m,Customer Name=s"),
    ("calls2.csv", [], False, "Call ID=i,Call Date=d,Agent=p,Call Type=t,From Number=s"),
    ("visits.csv", [], False, "Visit=i,Day=d,Employee=p,Hourly Rate=a,Gross Pay=m"),
    ("leads.csv", [], False, "Lead #=i,Created On=d,Lead Generated By=p,Lead Source=t,Estimated Value=m"),
]


def usd(cents):
    return "$" + "{:,}.{:02d}".format(*divmod(cents, 100))


class Layout:
    def __init__(self, number, name, titles, has_total, columns):
        self.number, self.name, self.titles, self.has_total = number, name, titles, has_total
        pairs = [column.rsplit("=", 1) for column in columns.split(",")]
        self.labels, self.kinds = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        self.rows = [[self.cell(kind, row, column) for column, kind in enumerate(self.kinds)] for row in range(4)]

    def cell(self, kind, row, column):
        seed = 7 * row + 3 * column + self.number
        return {
            "p": PEOPLE[row], "P": str(4101 + row), "n": THINGS[row] if self.labels[column] != "Project Id" else str(330 + row),
            "i": str(100200 + 7 * row), "d": "10/%d/2025" % (13 + 4 * row), "m": usd(10100 + 1213 * seed),
            "x": usd(10100 + 1213 * seed), "c": str(2 + seed), "h": "%d.25" % (20 + seed),
            "D": "10/%d/2025" % (14 + 4 * row), "a": usd(5000 + 111 * seed), "r": "%d.%02d%%" % (30 + row, seed), "t": "T-%d" % (100 + seed),
            "s": "Secret %d" % seed, "f": "TRUE",
        }[kind]

    def write(self, folder):
        path = os.path.join(folder, self.name)
        rows = [self.labels] + self.rows
        if self.has_total:
            rows = rows + [[self.total(column) for column in range(len(self.kinds))]]
        with open(path, "w", newline="", encoding="utf-8") as file:
            for title in self.titles:
                file.write(title + "\n")
            if self.titles:
                file.write("\n")
            csv.writer(file, lineterminator="\n").writerows(rows)
        return path

    def sum(self, column):
        """In ten-thousandths."""
        return sum(amount(row[column]) for row in self.rows)

    def total(self, column):
        kind = self.kinds[column]
        if kind == "m":
            return usd(self.sum(column) // 100)
        if kind == "c":
            return str(self.sum(column) // 10000)
        if kind == "h":
            return "%.2f" % (self.sum(column) / 10000)
        return "Total" if column == 0 else ""


def amount(text):
    whole, _, part = text.replace("$", "").replace(",", "").replace("%", "").partition(".")
    return int(whole) * 10000 + int((part + "0000")[:4])


def run(arguments, folder):
    ran = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def next_of(text):
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.startswith("Next: "):
            command = line[len("Next: "):] if "st2plecto " in line else lines[at + 1].strip()
            return shlex.split(command)[1:]
    return None


def sums(path):
    found = {}
    records = [json.loads(line) for line in open(path, encoding="utf-8")]
    for record in records:
        for key, value in record.items():
            try:
                found[key] = found.get(key, 0) + round(float(value) * 10000)
            except (TypeError, ValueError):
                pass
    return records, found


def check(layout, folder):
    """What is wrong, and whether the program said so rather than converted without a word."""
    layout.write(folder)
    code, out, err = run(["inspect", layout.name], folder)
    if code != 0:
        return ["inspect: " + err], True
    command = next_of(out)
    if not command or command[0] != "convert":
        return ["Next is no convert: %s" % command], True
    code, out, err = run(command[:1] + ["--no-config", "--tz", "America/Phoenix"] + command[1:], folder)
    if code != 0:
        return ["%s: exit %d\n%s" % (shlex.join(command), code, (err or out)[:600])], True
    wrong = []
    records, found = sums(os.path.join(folder, "plecto", "registrations.jsonl"))
    if len(records) != 4:
        wrong.append("%d registrations" % len(records))
    if len({record["external_id"] for record in records}) != len(records):
        wrong.append("IDs collide")
    people = {record["member_name"] for record in records}
    has_person = "p" in layout.kinds
    if has_person and people != set(PEOPLE) or not has_person and len(people) != 1:
        wrong.append("people: %s" % sorted(people))
    if "d" in layout.kinds and sorted(record["date"][:10] for record in records) != ["2025-10-%d" % (13 + 4 * row) for row in range(4)]:
        wrong.append("dates: %s" % [record["date"] for record in records])
    text = json.dumps(records)
    quiet = len(wrong)
    month, said = next_month(layout, command, folder, wrong)
    for column, kind in enumerate(layout.kinds):
        label, total = layout.labels[column], layout.sum(column) if kind in "mchxar" else None
        is_told = label in out + err + said
        if kind in "mchx" and total not in found.values():
            wrong.append("%s is not sent" % label)
            quiet += not is_told
        if kind in "mch" and month is not None and total not in month.values():
            wrong.append("%s is in no total" % label)
            quiet += not is_told
        if kind in "ar" and month is not None and total in month.values():
            wrong.append("%s is summed" % label)
            quiet += 1
        if kind == "s" and "Secret" in text:
            wrong.append("%s is sent" % label)
            quiet += 1
    return wrong, quiet == 0


def next_month(layout, command, folder, wrong):
    """The totals of a month with all rows on one person: those of one row each cannot show whether they are sums."""
    for row in layout.rows:
        for column, kind in enumerate(layout.kinds):
            if kind == "p":
                row[column] = PEOPLE[0]
            if kind == "P":
                row[column] = "4101"
    if "d" not in layout.kinds:
        return None, ""  # rows of one person and period would have one ID
    layout.write(folder)
    again = [word for word in command if word != "--draft"]
    if "--draft" in command:
        again[1:1] = ["--schema", "./plecto.schema.json"]
    place = again.index("-o")
    again[place + 1] = "month"
    code, out, err = run(again[:1] + ["--no-config", "--tz", "America/Phoenix", "--by", "month"] + again[1:], folder)
    if code != 0:
        wrong.append("by month: exit %d\n%s" % (code, (err or out)[:600]))
        return None, out + err
    return sums(os.path.join(folder, "month", "registrations.jsonl"))[1], out + err


def main():
    chosen = [int(word) for word in sys.argv[1:]] or range(1, len(LAYOUTS) + 1)
    right = silent = 0
    for number in chosen:
        layout = Layout(number, *LAYOUTS[number - 1])
        folder = "layout-%d" % number
        os.mkdir(folder)
        wrong, asked = check(layout, folder)
        right += not wrong
        silent += bool(wrong) and not asked
        for what in wrong:
            print("%d %s (%s): %s" % (number, layout.name, ", ".join(layout.labels), what))
    print("%d right of %d, %d wrong without a word" % (right, len(chosen), silent))
    sys.exit(right < len(chosen))


main()
