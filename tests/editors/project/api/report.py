from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with open("../data/report.html") as page:
            self.wfile.write(page.read().encode())
