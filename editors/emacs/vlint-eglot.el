;;; vlint-eglot.el --- vlint in Emacs, by eglot -*- lexical-binding: t -*-

;;; Commentary:

;; Eglot is part of Emacs from 29 on, and in ELPA for earlier ones.  It talks to one server in a buffer: this makes that
;; server vlint in Python buffers.  To have it beside another server use lsp-mode and `vlint-lsp.el'.

;;; Code:

(require 'eglot)

(defvar vlint-command '("vlint" "server")
  "The program that is run, and its arguments.")

(add-to-list 'eglot-server-programs (cons '(python-mode python-ts-mode) vlint-command))

;; Over the project's own settings, for example in a project's .dir-locals.el:
;;   ((python-mode . ((eglot-workspace-configuration . ((:vlint . (:platform "2026-08")))))))

(add-hook 'python-mode-hook #'eglot-ensure)

(provide 'vlint-eglot)
;;; vlint-eglot.el ends here
