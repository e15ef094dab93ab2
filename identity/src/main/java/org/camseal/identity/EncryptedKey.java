package org.camseal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * One signing key in a file that is worth nothing without its passphrase: ENCRYPTED PRIVATE KEY (PKCS#8, PBES2 with PBKDF2-HMAC-SHA-256 and
 * AES-256-CBC, as openssl reads it) and PUBLIC KEY. For a certificate authority's keys where there is no token. Once opened the key is in
 * this process's memory: its assurance is {@link AssuranceLevel#SOFTWARE}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018 section 6.2: PBES2</a>
 */
public final class EncryptedKey {
    /** Makes guessing a passphrase slow: about a third of a second each. */
    private static final int ITERATIONS = 600_000;

    /** What is read: a file with more would only be there to keep us busy. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int MIN_PASSPHRASE = 8;
    private static final int MAX_BYTES = 16 * 1024;
    private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";

    private EncryptedKey() {}

    /**
     * Makes a new key and its file.
     *
     * @param slot what the key is for
     * @param passphrase at least {@value #MIN_PASSPHRASE} characters
     * @throws IdentityException if there is such a file already, or it cannot be written
     */
    public static KeyHandle create(Path file, Slot slot, KeySpec spec, char[] passphrase, SecureRandom random)
            throws IdentityException {
        if (Files.exists(file)) {
            throw new IdentityException.Store(file + " is there already: a key is never written over");
        }
        if (passphrase.length < MIN_PASSPHRASE) {
            throw new IdentityException.Refused(
                    "a passphrase of " + passphrase.length + " characters; at least " + MIN_PASSPHRASE);
        }
        byte[] pkcs8 = new byte[0];
        try {
            SoftwareKey.KeyPairOf pair = SoftwareSecureElement.newPair(spec, random);
            pkcs8 = pair.privateKey().getEncoded();
            String text = Pem.block(Pem.ENCRYPTED_PRIVATE_KEY, encrypted(pkcs8, passphrase, random))
                    + Pem.block(Pem.PUBLIC_KEY, pair.publicKey().getEncoded());
            DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.OWNER);
            return new SoftwareKey(slot, pair, random).signing();
        } catch (GeneralSecurityException | IOException e) {
            throw new IdentityException.Element("this Java platform cannot make an encrypted " + spec + " key", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * Opens a key.
     *
     * @param slot what the key is for
     * @throws IdentityException if there is no such file, others than its owner may read it, or the passphrase is not its own
     */
    public static KeyHandle open(Path file, Slot slot, char[] passphrase, SecureRandom random)
            throws IdentityException {
        byte[] bytes = DurableFile.read(file, MAX_BYTES)
                .orElseThrow(() -> new IdentityException.Element(ElementFault.NO_KEY, "there is no key file " + file));
        DurableFile.requireOwnerOnly(file, "600");
        List<Pem.Block> blocks = Pem.blocks(new String(bytes, StandardCharsets.ISO_8859_1), file.toString());
        if (blocks.size() != 2
                || !blocks.get(0).label().equals(Pem.ENCRYPTED_PRIVATE_KEY)
                || !blocks.get(1).label().equals(Pem.PUBLIC_KEY)) {
            throw new IdentityException.Malformed(file + ": expected one encrypted private key and its public key");
        }
        byte[] pkcs8 = new byte[0];
        try {
            pkcs8 = decrypted(blocks.get(0).der(), passphrase);
            SoftwareKey.KeyPairOf pair = KeyFile.pair(pkcs8, blocks.get(1).der(), file, random);
            return new SoftwareKey(slot, pair, random).signing();
        } catch (GeneralSecurityException | IOException e) {
            // without the cause: a parser may quote what it could not parse
            throw new IdentityException.Refused(file + ": the passphrase is not this key's, or the file is damaged");
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] encrypted(byte[] pkcs8, char[] passphrase, SecureRandom random)
            throws GeneralSecurityException, IOException {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(Cipher.ENCRYPT_MODE, key(passphrase, ALGORITHM), new PBEParameterSpec(salt, ITERATIONS), random);
        byte[] hidden = cipher.doFinal(pkcs8);
        AlgorithmParameters parameters =
                AlgorithmParameters.getInstance("PBES2"); // the cipher's own have no identifier
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, hidden).getEncoded();
    }

    private static byte[] decrypted(byte[] der, char[] passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        AlgorithmParameters parameters = info.getAlgParameters();
        if (parameters == null
                || parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount() > MAX_ITERATIONS) {
            throw new GeneralSecurityException("not encrypted as it should be");
        }
        String algorithm = parameters.toString(); // PBES2 in full, as the platform names it
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, key(passphrase, algorithm), parameters);
        return cipher.doFinal(info.getEncryptedData());
    }

    private static SecretKey key(char[] passphrase, String algorithm) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
        } finally {
            spec.clearPassword();
        }
    }
}
