import csv
from pathlib import Path

from flask import Flask

app = Flask(__name__)
PRICES = Path(__file__).parent.parent / "data" / "prices.csv"


@app.get("/api/export")
def export():
    with PRICES.open(newline="") as file:
        return list(csv.reader(file))
