package org.camseal.identity.tpm2;

import java.io.IOException;

/** One command in, one response out. Not for several threads at once. */
interface TpmTransport extends AutoCloseable {
    /** TPM commands and responses are at most this long (TPM2_PT_MAX_RESPONSE_SIZE of the chips that exist is not above). */
    int MAX_MESSAGE = 4096;

    /** Gives the response as it came: its length field agrees with its length, nothing else is checked. */
    byte[] exchange(byte[] command) throws IOException;

    @Override
    void close();
}
