;;; vlint-lsp.el --- vlint in Emacs, by lsp-mode -*- lexical-binding: t -*-

;;; Commentary:

;; An add-on for lsp-mode: vlint runs beside the other servers of a buffer.

;;; Code:

(require 'lsp-mode)

(defgroup vlint nil
  "A linter for Python projects deployed as Vercel Functions."
  :group 'lsp-mode)

(defcustom vlint-command '("vlint" "server")
  "The program that is run, and its arguments."
  :type '(repeat string)
  :group 'vlint)

(defcustom vlint-platform nil
  "The platform that is predicted; nil leaves it to the project's settings."
  :type '(choice (const nil) (const "2025-03") (const "2026-08"))
  :group 'vlint)

(lsp-register-custom-settings '(("vlint.platform" vlint-platform)))

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection (lambda () vlint-command))
  :activation-fn
  (lambda (file-name mode)
    (or (memq mode '(python-mode python-ts-mode))
        (string-match-p "/\\(Pipfile\\(\\.lock\\)?\\|vercel\\.json\\|package\\.json\\|pyproject\\.toml\\)\\'" file-name)))
  :add-on? t
  :server-id 'vlint))

(add-hook 'python-mode-hook #'lsp-deferred)

(provide 'vlint-lsp)
;;; vlint-lsp.el ends here
