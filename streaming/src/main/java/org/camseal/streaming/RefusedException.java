package org.camseal.streaming;

/** The other side answered, and the answer was no: a login that it does not accept, an unknown path, a transport it does not offer. */
public final class RefusedException extends StreamingException {
    private final int status;

    /** @param status the RTSP status code of the answer (RFC 2326 section 7.1.1), such as 401, 404, 461 */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The RTSP status code of the answer, such as 401 (login), 404 (path), 453 (full), 461 (transport). */
    public int status() {
        return status;
    }

    /** True where the login is the reason. */
    public boolean isLogin() {
        return status == 401 || status == 403;
    }
}
