from flask import Flask

app = Flask(__name__)


@app.route("/api/cart")
def cart():
    return {"items": 0}
