package org.camseal.authority;

/**
 * Where the protocols write down what they refused before it became a question to the registration authority: bytes that are no request,
 * kinds of messages that are not served, protection that does not hold.
 */
public interface RefusalLog {
    /**
     * Writes one line to the audit log. Bounded: an implementation may count like lines of strangers together instead of keeping each, so
     * that nobody fills a disk by knocking.
     *
     * @param protocol what was asked: "EST simpleenroll", "CMP genm" ...
     * @param detail why it was refused; no secrets, at most some hundred characters
     * @throws AuthorityException if it cannot be written
     */
    void refused(Requester requester, String protocol, String detail) throws AuthorityException;
}
