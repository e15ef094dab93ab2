package org.camseal.bench.cipher;

import java.security.GeneralSecurityException;
import org.camseal.seal.SealException;

/** What is timed: one call does it once. */
@FunctionalInterface
interface Work {
    void run() throws GeneralSecurityException, SealException;
}
