;;; session.el --- What a user does in Emacs -*- lexical-binding: t -*-

;; Opens a function, looks at the findings, applies the fix, saves.  Prints what it saw as JSON.
;; Run as: emacs --batch -L DIRECTORY -l session.el eglot|lsp PROGRAM...

(require 'json)
(require 'cl-lib)
(require 'project)

(defun session-wait (what condition)
  "Wait until CONDITION returns non-nil and return that; end with WHAT when it does not."
  (let ((end (+ (float-time) 60)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) end)
        (princ (json-encode (list (cons 'missed what))))
        (kill-emacs 1))
      (accept-process-output nil 0.05)
      (sit-for 0.01))
    value))

(defun session-eglot (command)
  "Use eglot with COMMAND as the server; return its findings, its codes and how it fixes, as functions."
  (defvar vlint-command)
  (setq vlint-command command)
  (require 'eglot)
  (setq eglot-sync-connect t eglot-confirm-server-initiated-edits nil)
  (require 'vlint-eglot)
  (remove-hook 'python-mode-hook #'eglot-ensure)
  (find-file "api/user.py")
  (apply #'eglot (eglot--guess-contact))
  ;; Without a user no time is idle time, in which eglot would send changes.
  (list (lambda () (eglot--signal-textDocument/didChange) (flymake-start) (flymake-diagnostics))
        (lambda (finding) (flymake-diagnostic-text finding))
        (lambda (finding)
          (goto-char (flymake-diagnostic-beg finding))
          ;; The preferred action is the default that the user is asked about.
          (let (title)
            (cl-letf (((symbol-function 'completing-read) (lambda (&rest words) (setq title (nth 6 words))))
                      (last-nonmenu-event t))
              (eglot-code-actions (point) (point) "quickfix" t))
            title))))

(defun session-lsp (command)
  "Use lsp-mode with COMMAND as the server; return its findings, its codes and how it fixes, as functions."
  (defvar vlint-command)
  (setq vlint-command command)
  (require 'lsp-mode)
  (setq lsp-auto-guess-root t lsp-enable-snippet nil lsp-restart 'ignore lsp-enabled-clients '(vlint)
        lsp-session-file (expand-file-name "session" temporary-file-directory))
  (require 'vlint-lsp)
  (remove-hook 'python-mode-hook #'lsp-deferred)
  (find-file "api/user.py")
  (lsp)
  (list (lambda () (gethash (buffer-file-name) (lsp-diagnostics t)))
        (lambda (finding) (lsp-get finding :message))
        (lambda (finding)
          (let ((start (lsp-get (lsp-get finding :range) :start)))
            (goto-char (lsp--position-to-point start)))
          (let ((action (seq-find (lambda (action) (eq (lsp-get action :isPreferred) t)) (lsp-code-actions-at-point))))
            (lsp-execute-code-action action)
            (lsp-get action :title)))))

(let* ((client (pop command-line-args-left))
       (command command-line-args-left)
       (_ (setq command-line-args-left nil))
       (operations (if (equal client "eglot") (session-eglot command) (session-lsp command)))
       (found (session-wait "a finding" (nth 0 operations)))
       (message-text (funcall (nth 1 operations) (car (append found nil))))
       (title (funcall (nth 2 operations) (car (append found nil)))))
  (session-wait "no finding" (lambda () (null (append (funcall (nth 0 operations)) nil))))
  (let ((inhibit-message t)) (save-buffer))
  (princ (json-encode `((emacs . ,emacs-version) (message . ,message-text) (title . ,title))))
  (terpri)
  ;; Emacs would end a server that may just be asking it something.
  (when (equal client "eglot")
    (eglot-shutdown (eglot-current-server))))

;;; session.el ends here
