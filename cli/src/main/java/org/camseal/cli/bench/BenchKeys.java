package org.camseal.cli.bench;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.Slot;

/**
 * Thousands of different RSA keys of 2048 bits in seconds: from a few primes, each pair of which gives one. Whoever knows two of the keys knows
 * all; they are good for measuring and nothing else.
 */
final class BenchKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final int PRIME_BITS = 1024;

    private final List<BigInteger> primes = new ArrayList<>();
    private int first;
    private int second = 1;

    /** Enough primes for that many keys. */
    BenchKeys(int keys, SecureRandom random) {
        while (primes.size() * (primes.size() - 1) / 2 < keys) {
            BigInteger prime = BigInteger.probablePrime(PRIME_BITS, random)
                    .setBit(PRIME_BITS - 2); // so that all products have 2048 bits
            if (prime.isProbablePrime(40) && prime.mod(EXPONENT).compareTo(BigInteger.ONE) > 0) {
                primes.add(prime);
            }
        }
    }

    /** A key that was not given before. */
    KeyHandle next() throws GeneralSecurityException {
        BigInteger p = primes.get(second);
        BigInteger q = primes.get(first);
        first++;
        if (first == second) {
            first = 0;
            second++;
        }
        BigInteger n = p.multiply(q);
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
        KeyFactory factory = KeyFactory.getInstance("RSA");
        PublicKey publicKey = factory.generatePublic(new RSAPublicKeySpec(n, EXPONENT));
        RSAPrivateKey privateKey = (RSAPrivateKey) factory.generatePrivate(
                new RSAPrivateCrtKeySpec(n, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)));
        return new Key(publicKey, privateKey);
    }

    private record Key(PublicKey publicKey, RSAPrivateKey privateKey) implements KeyHandle {
        @Override
        public Slot slot() {
            return Slot.TLS;
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.PS256;
        }

        @Override
        public byte[] sign(byte[] message, Duration patience) throws IdentityException {
            try {
                Signature signature = Signature.getInstance(algorithm().jcaName());
                signature.setParameter(algorithm().parameters().orElseThrow());
                signature.initSign(privateKey);
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IdentityException.Element("a key for measuring does not sign", e);
            }
        }
    }
}
