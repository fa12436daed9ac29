from flask import Flask

app = Flask(__name__)


@app.get("/api/invoice")
def invoice():
    with open("template.html", encoding="utf-8") as template:
        return template.read()
