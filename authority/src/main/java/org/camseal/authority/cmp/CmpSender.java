package org.camseal.authority.cmp;

import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.camseal.authority.Requester;
import org.camseal.authority.RequesterCheck;
import org.camseal.identity.SignatureCheck;
import org.camseal.identity.TrustEvaluator;

/**
 * Says who sent a message: checks its header and its protection (RFC 9483 section 3.5). Signatures alone count; a message is believed only
 * close to the time it names, and none that was made before this process began, because what came before is not remembered.
 */
final class CmpSender {
    /** How far a sender's clock may be off, and how long a message can be repeated. */
    static final Duration TOLERANCE = Duration.ofMinutes(3);

    private static final int NONCE_BYTES = 16;
    private static final int MAX_NONCE_BYTES = 64;

    private final RequesterCheck requesters;
    private final Supplier<List<X509Certificate>> authorities;
    private final InstantSource clock;
    private final Instant began;

    CmpSender(RequesterCheck requesters, Supplier<List<X509Certificate>> authorities, InstantSource clock) {
        this.requesters = requesters;
        this.authorities = authorities;
        this.clock = clock;
        this.began = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    /**
     * @return never a stranger
     * @throws CmpRefusal if header or protection do not hold, or the signer is none of ours
     */
    Requester check(CmpMessage message) throws CmpRefusal {
        checkHeader(message);
        AlgorithmIdentifier algorithm = message.header().getProtectionAlg();
        if (algorithm == null || message.protection().isEmpty()) {
            throw new CmpRefusal(
                    Failure.BAD_MESSAGE_CHECK,
                    "the message is not protected: sign it with a line's or the camera's key");
        }
        if (!SignatureCheck.counts(algorithm)) {
            throw new CmpRefusal(
                    Failure.WRONG_INTEGRITY,
                    "protected by " + algorithm.getAlgorithm() + ": only signatures with SHA-256 or more count here");
        }
        if (message.certificates().isEmpty()) {
            throw new CmpRefusal(
                    Failure.SIGNER_NOT_TRUSTED, "the signer's certificate must be the first in extraCerts");
        }
        X509Certificate signer = message.certificates().getFirst();
        Requester requester = switch (requesters.ofSignature(chain(message.certificates()))) {
            case Requester.Stranger(String seen) ->
                throw new CmpRefusal(Failure.SIGNER_NOT_TRUSTED, "the signer is not known here: " + seen);
            case Requester.Line line -> line;
            case Requester.Device device -> device;
        };
        if (!SignatureCheck.matches(
                algorithm,
                signer.getPublicKey(),
                message.protectedPart(),
                message.protection().get())) {
            throw new CmpRefusal(Failure.BAD_MESSAGE_CHECK, "the protection does not match the message");
        }
        checkNames(message, signer);
        return requester;
    }

    private void checkHeader(CmpMessage message) throws CmpRefusal {
        int version = message.version();
        if (version != 2 && version != 3) {
            throw new CmpRefusal(Failure.UNSUPPORTED_VERSION, "version " + version + "; 2 and 3 are spoken here");
        }
        if (message.transaction().filter(CmpSender::isNonce).isEmpty()) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the transactionID is missing, or has fewer than 128 bits");
        }
        if (message.senderNonce().filter(CmpSender::isNonce).isEmpty()) {
            throw new CmpRefusal(Failure.BAD_SENDER_NONCE, "the senderNonce is missing, or has fewer than 128 bits");
        }
        Instant time = messageTime(message.header().getMessageTime());
        Instant now = clock.instant();
        if (time.isBefore(now.minus(TOLERANCE)) || time.isAfter(now.plus(TOLERANCE)) || time.isBefore(began)) {
            throw new CmpRefusal(
                    Failure.BAD_TIME,
                    "the messageTime " + time + " is not close to the time here, " + now
                            + ": set the clock, or use EST");
        }
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle gives it so
    private static Instant messageTime(@org.jspecify.annotations.Nullable ASN1GeneralizedTime time) throws CmpRefusal {
        try {
            if (time != null) {
                return time.getDate().toInstant();
            }
        } catch (ParseException e) {
            // as if it were missing
        }
        throw new CmpRefusal(Failure.BAD_TIME, "the messageTime is missing or cannot be read");
    }

    private static boolean isNonce(byte[] value) {
        return value.length >= NONCE_BYTES && value.length <= MAX_NONCE_BYTES;
    }

    /** The sender that the header names must be the signer. */
    private static void checkNames(CmpMessage message, X509Certificate signer) throws CmpRefusal {
        GeneralName sender = message.header().getSender();
        X500Name subject = X500Name.getInstance(signer.getSubjectX500Principal().getEncoded());
        if (!sender.equals(new GeneralName(subject))
                && !(sender.getTagNo() == GeneralName.directoryName && subject.equals(sender.getName()))) {
            throw new CmpRefusal(
                    Failure.BAD_MESSAGE_CHECK, "the sender is not the subject of the signer's certificate");
        }
        ASN1OctetString named = message.header().getSenderKID();
        byte[] extension = signer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (named != null && extension != null) {
            byte[] own = SubjectKeyIdentifier.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getKeyIdentifier();
            if (!java.util.Arrays.equals(own, named.getOctets())) {
                throw new CmpRefusal(
                        Failure.BAD_MESSAGE_CHECK, "the senderKID is not the key of the signer's certificate");
            }
        }
    }

    /** The signer's certificate and those over it, from what came along and from our own issuing authorities. */
    private List<X509Certificate> chain(List<X509Certificate> given) {
        List<X509Certificate> candidates = new ArrayList<>(given);
        candidates.addAll(authorities.get());
        List<X509Certificate> chain = new ArrayList<>(List.of(given.getFirst()));
        while (chain.size() < TrustEvaluator.MAX_CHAIN) {
            X509Certificate last = chain.getLast();
            X509Certificate issuer = candidates.stream()
                    .filter(one -> one.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst()
                    .orElse(null);
            if (issuer == null || chain.contains(issuer) || issuer.equals(last)) {
                break;
            }
            chain.add(issuer);
        }
        return chain;
    }
}
