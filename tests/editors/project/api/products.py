from flask import Flask

application = Flask(__name__)


@application.route("/api/products")
def products():
    return {"products": []}
