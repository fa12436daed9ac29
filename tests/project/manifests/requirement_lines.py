"""Lines of requirements files, good and bad; each is a file of its own, and `\\n` in it makes several lines.

Left out is what pip took until 2025 and refuses since: `--global-option`, extras behind `#egg=`.
"""

NAMED = """
flask
Flask
flask==3.0.3
flask == 3.0.3
flask==3.0.*
flask>=2,<4
flask >=2 , <4
flask~=3.0
flask!=2.0
flask===3.0.3
flask===foobar
flask[async]
flask[async,dotenv]==3.0.3
flask [async] >= 3
flask[]
flask (>=2)
flask (>=2,<3)
zope.interface
ruamel.yaml>=0.17
A
a1
my_package
my-package.sub_module
flask>=2.0a1
flask==1!2.0
flask==2.0.post1
flask==2.0+local.1
flask==2.0.dev3
flask>1.0rc1,<2
flask; python_version < "4"
flask ; python_version<'4' and sys_platform == "linux"
flask==3.0.3;python_version>="3.8"
flask; extra == "x"
flask; "linux" in sys_platform
flask; platform_machine != "x86_64" or os_name == 'nt'
flask; (python_version < "3" or python_version > "3.5")
flask;python_version not in "2.7"
flask @ https://example.com/flask.zip
flask @ https://example.com/flask.zip ; python_version < "4"
flask[async] @ https://example.com/flask-3.0.3-py3-none-any.whl
flask@https://example.com/flask.tar.gz
flask @ git+https://example.com/flask.git@main
flask @ file:///tmp/flask
flask  # a comment
flask# no comment, since there is no space
flask ==3.0.3 --hash=sha256:00ff00ff
flask==3.0.3 --hash sha256:00ff00ff
flask==3.0.3 \\\\\n    --hash=sha256:00ff00ff
flask==3.0.3 \\\\\n    --hash=sha256:00ff00ff \\\\\n    --hash=sha256:11
fla\\\\\nsk
flask \\\\\n# a comment\nrequests
flask --config-settings=key=value
   flask
\tflask\t
flask\\trequests
""".strip("\n").split("\n")

REFUSED = """
flask = 3.0.3
flask=3.0.3
flask=>3
flask=<3
flask>=
flask==
flask===
flask>2,
flask,requests
flask requests
flask 3.0.3
flask==3.0.3 requests
flask >2 <3
flask>2<3
flask==3.0.3.
flask==3..0
flask==three
flask>=2.*
flask~=3
flask~=3.*
flask<2.*
flask[async
flask]async[
flask[async]]
flask[a b]
flask[,]
flask[async,]
flask[async]==3.0.3[x]
flask>=1.0[async]
flask(
flask (>=2
flask >=2)
flask;
flask; python_version
flask; python_version <
flask; python_version < 4
flask; python_version < "4
flask; python_versions < "4"
flask; foo == "bar"
flask; python_version < "4" and
flask; python_version < "4" or or os_name == "nt"
flask; (python_version < "4"
flask; python_version = "3"
flask; python_version === "3" x
flask @
flask @ ; python_version < "4"
@ https://example.com/flask.zip
flask at https://example.com/flask.zip
==3.0.3
>=2
-flask
_flask
flask_
flask-
flask.
.flask.x
flask!
flask?
flask*
flask^3
flask~3.0
flask^=3
flask: 3.0.3
"flask"
'flask'
"flask==3.0.3"
flask=="3.0.3"
flask=='3.0.3'
flask==v
flask,
,flask
[flask]
{flask}
<flask>
flask==3.0.3; sys_platform
pip install flask
import flask
flask==3.0.3 // comment
// comment
/* comment */
; comment
flask==3.0.3 -- comment
flask --unknown
flask --hash
--unknown
--hash
-x
-r
-c
-e
-i
--requirement
--index-url
--no-index=1
-r missing.txt
-rmissing.txt
--requirement=missing.txt
--requirement missing.txt
-c missing.txt
--constraint=missing.txt
-e missing
-e ./missing
--editable=missing
-e flask
./missing
./missing.whl
missing/flask.zip
missing.tar.gz
missing-1.0-py3-none-any.whl
flask == 3.0.3 --hash=md5
flask "unclosed
flask --global-option="unclosed
flask\u200b
\ufeffflask
flask\u00a0==3.0.3
<<<<<<< HEAD
=======
>>>>>>> branch
flask==3.0.3 ; python_version >= "3" ; os_name == "posix"
flask>=2.0.0, =3
flask ==3.0.3, !=
click>=8.0<9
numpy>=1.20;<2
Django>=4.2,<5.0,
uvicorn[standard]>=0.20.0,<0.30.0,!=
requests>=2.0.0.*
""".strip("\n").split("\n")

OPTIONS = """
-i https://example.com/simple
--index-url https://example.com/simple
--index-url=https://example.com/simple
--extra-index-url https://example.com/simple
-f https://example.com/links
--find-links=links
--no-index
--pre
--prefer-binary
--require-hashes
--no-binary :all:
--only-binary=:none:
--trusted-host example.com
--use-feature=fast-deps
-r other.txt
-rother.txt
--requirement other.txt
--requirement=other.txt
--req other.txt
-c other.txt
--constraint other.txt
-e ./package
-e package
-e .
-e git+https://example.com/flask.git#egg=flask
-e git+https://example.com/flask.git@main#egg=flask
--editable=git+https://example.com/flask.git#egg=flask
-e git+ssh://git@example.com/flask.git#egg=flask
git+https://example.com/flask.git
git+https://example.com/flask.git#egg=flask
git+https://example.com/flask.git@1.0#egg=flask&subdirectory=sub
hg+https://example.com/flask
https://example.com/flask.zip
https://example.com/flask-3.0.3-py3-none-any.whl
https://example.com/flask-3.0.3.tar.gz#sha256=00
https://example.com/flask.zip ; python_version < "4"
file:///tmp/flask.zip
./package
package/
./package[extra]
./flask-3.0.3-py3-none-any.whl
flask-3.0.3-py3-none-any.whl
./flask.tar.gz
# only a comment
   # and one with space before it
-r other.txt # with a comment
--no-index flask
-r other.txt -r missing.txt
""".strip("\n").split("\n")

LINES = [line.replace("\\\\", "\\").replace("\\n", "\n").replace("\\t", "\t") for line in [*NAMED, *REFUSED, *OPTIONS]]
