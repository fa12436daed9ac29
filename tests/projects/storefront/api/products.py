from flask import Flask, jsonify

application = Flask(__name__)


@application.get("/api/products")
def products():
    return jsonify(["teapot", "kettle"])
