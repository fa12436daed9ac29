import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { codeAt, parseRules } from "../src/rulePages";
import { Restarts } from "../src/restarts";
import { parseRoutes, type Route, routeItem } from "../src/routeTree";
import { statusText, statusTooltip } from "../src/statusText";

const ROUTE: Route = {
  route: "/api/user",
  path: "/shop/api/user.py",
  status: "works",
  reason: "",
  variable: "app",
  interface: "wsgi",
  python: "3.12",
  manifest: "requirements.txt",
};

describe("the Routes view", () => {
  test("shows a function that works", () => {
    const item = routeItem(ROUTE, "api/user.py");
    assert.equal(item.label, "/api/user");
    assert.equal(item.description, "WSGI · api/user.py");
    assert.equal(item.icon, "pass");
    assert.equal(
      item.tooltip,
      "/api/user: api/user.py\napp (WSGI) works\nPython 3.12, dependencies from requirements.txt",
    );
  });

  test("shows one that fails, with the reason", () => {
    const broken = { ...ROUTE, status: "fails", reason: "it is a function", variable: "handler", interface: null, manifest: null };
    const item = routeItem(broken, "api/user.py");
    assert.equal(item.description, "api/user.py");
    assert.equal(item.icon, "error");
    assert.match(item.tooltip, /handler fails: it is a function\nPython 3\.12, no dependencies declared/);
  });

  test("does not call unknown what is right or wrong", () => {
    const item = routeItem({ ...ROUTE, status: "unknown", interface: null }, "api/user.py");
    assert.equal(item.icon, "question");
    assert.match(item.tooltip, /app may work \(unknown\)/);
  });

  test("orders routes and makes their paths absolute", () => {
    const printed = JSON.stringify([{ ...ROUTE, route: "/b", path: "b.py" }, { ...ROUTE, route: "/a", path: "/x/a.py" }]);
    assert.deepEqual(
      parseRoutes(printed, "/shop").map(({ path }) => path),
      ["/x/a.py", "/shop/b.py"],
    );
  });
});

describe("the status item", () => {
  const none = { errors: 0, warnings: 0, notes: 0 };
  const running = { kind: "running", description: "Python 3.12" } as const;

  test("is quiet when there is nothing to say", () => {
    assert.equal(statusText(running, { ...none, notes: 3 }), "$(check) vlint");
  });

  test("counts what is found", () => {
    assert.equal(statusText(running, { errors: 2, warnings: 1, notes: 0 }), "vlint $(error) 2 $(warning) 1");
    const [first] = statusTooltip(running, { errors: 1, warnings: 2, notes: 0 });
    assert.equal(first, "**1 error, 2 warnings, 0 notes** in this workspace");
  });

  test("says why nothing runs", () => {
    assert.deepEqual(statusTooltip({ kind: "failed", reason: "No Python." }, none), [
      "**vlint is not running.**",
      "No Python.",
    ]);
    assert.match(statusText({ kind: "failed", reason: "" }, none), /alert/);
    assert.match(statusText({ kind: "starting" }, none), /spin/);
    assert.match(statusText({ kind: "stopped" }, none), /slash/);
  });
});

describe("restarts", () => {
  test("are allowed five times in three minutes", () => {
    let now = 0;
    const restarts = new Restarts(() => now);
    const allowed = Array.from({ length: 6 }, () => restarts.allow());
    assert.deepEqual(allowed, [true, true, true, true, true, false]);
    now += 3 * 60 * 1000;
    assert.equal(restarts.allow(), true);
  });

  test("are counted anew after one that was asked for", () => {
    const restarts = new Restarts(() => 0);
    while (restarts.allow());
    restarts.reset();
    assert.equal(restarts.allow(), true);
  });
});

describe("rules", () => {
  test("have a code, alone or with a link", () => {
    assert.equal(codeAt("VL201"), "VL201");
    assert.equal(codeAt({ value: "VL201" }), "VL201");
    assert.equal(codeAt(undefined), undefined);
  });

  test("are read from what vlint prints", () => {
    assert.equal(parseRules('[{"code": "VL201", "name": "api-relative-path", "summary": ""}]')[0]?.code, "VL201");
  });
});
