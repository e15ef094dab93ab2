package org.camseal.seal;

import java.security.SecureRandom;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SessionKey;

/** All that a sealer draws by lot; known answers put fixed draws in its place. */
interface Entropy {
    /** Where epoch keys and package keys come from. */
    SecureRandom random();

    RunId run();

    SessionKey sessionKey();

    Grant grant(EpochKey key, Recipient recipient);

    /** Everything from one source. */
    static Entropy of(SecureRandom random) {
        return new Entropy() {
            @Override
            public SecureRandom random() {
                return random;
            }

            @Override
            public RunId run() {
                return RunId.random(random);
            }

            @Override
            public SessionKey sessionKey() {
                return SessionKey.generate(random);
            }

            @Override
            public Grant grant(EpochKey key, Recipient recipient) {
                return Grant.make(key, recipient, random);
            }
        };
    }
}
