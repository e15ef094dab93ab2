package org.camseal.authority.upstream;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.asn1.cmp.PKIMessage;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.SignatureCheck;

/** Writes CMP messages to another authority and reads its answers: one signed by us, the other by the one key that is expected. */
public final class UpstreamMessages {
    private static final int NONCE_BYTES = 16;
    private static final int MAX_BYTES = 64 * 1024;

    private final CertifiedKey own;
    private final X509Certificate signer;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param own what the other authority knows this one by
     * @param signer whose key signs the other authority's answers; no other counts
     */
    public UpstreamMessages(CertifiedKey own, X509Certificate signer, InstantSource clock, SecureRandom random) {
        this.own = own;
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /** One transaction; confined to one thread. */
    static final class Exchange {
        private final byte[] transaction;
        private byte[] ownNonce = new byte[0];
        private byte[] theirNonce = new byte[0];

        private Exchange(byte[] transaction) {
            this.transaction = transaction;
        }
    }

    /**
     * What was answered.
     *
     * @param confirmed true if no confirmation is wanted
     */
    record Answer(PKIBody body, boolean confirmed) {}

    Exchange begin() {
        return new Exchange(nonce());
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle takes it so
    byte[] write(Exchange exchange, PKIBody body) throws AuthorityException.Upstream {
        exchange.ownNonce = nonce();
        ProtectedPKIMessageBuilder builder =
                new ProtectedPKIMessageBuilder(name(own.chain().getFirst()), name(signer));
        builder.setMessageTime(Date.from(clock.instant()));
        builder.setTransactionID(exchange.transaction);
        builder.setSenderNonce(exchange.ownNonce);
        if (exchange.theirNonce.length > 0) {
            builder.setRecipNonce(exchange.theirNonce);
        }
        if (body.getType() != PKIBody.TYPE_REVOCATION_REQ) {
            builder.addGeneralInfo(new InfoTypeAndValue(CMPObjectIdentifiers.it_implicitConfirm, DERNull.INSTANCE));
        }
        builder.setBody(body);
        try {
            for (X509Certificate one : own.chain()) {
                builder.addCMPCertificate(new X509CertificateHolder(one.getEncoded()));
            }
            return builder.build(new HandleContentSigner(own.key()))
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMPException | RuntimeOperatorException | CertificateEncodingException | IOException e) {
            throw new AuthorityException.Upstream("the request to the authority behind this one cannot be signed", e);
        }
    }

    /**
     * @throws AuthorityException.Upstream if it is no CMP message, not of this transaction, or not signed by the key that is expected
     */
    Answer read(Exchange exchange, byte[] der) throws AuthorityException.Upstream {
        if (der.length > MAX_BYTES) {
            throw wrong(der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try {
            PKIMessage message = PKIMessage.getInstance(der);
            PKIHeader header = message.getHeader();
            ASN1BitString protection = message.getProtection();
            byte[] signed =
                    new DERSequence(new ASN1Encodable[] {header, message.getBody()}).getEncoded(ASN1Encoding.DER);
            if (protection == null
                    || header.getProtectionAlg() == null
                    || !SignatureCheck.matches(
                            header.getProtectionAlg(), signer.getPublicKey(), signed, protection.getOctets())) {
                throw wrong("not signed by the key that is configured for it");
            }
            if (!isOf(exchange, header)) {
                throw wrong("another transaction's, or an old one's");
            }
            exchange.theirNonce = octets(header.getSenderNonce());
            InfoTypeAndValue[] info = header.getGeneralInfo();
            boolean confirmed = info != null
                    && Arrays.stream(info)
                            .anyMatch(one -> one.getInfoType().equals(CMPObjectIdentifiers.it_implicitConfirm));
            return new Answer(message.getBody(), confirmed);
        } catch (IOException | RuntimeException e) {
            throw new AuthorityException.Upstream("the answer of the authority behind this one is no CMP message", e);
        }
    }

    private static boolean isOf(Exchange exchange, PKIHeader header) {
        return MessageDigest.isEqual(exchange.transaction, octets(header.getTransactionID()))
                && MessageDigest.isEqual(exchange.ownNonce, octets(header.getRecipNonce()));
    }

    private static byte[] octets(@org.jspecify.annotations.Nullable ASN1OctetString value) {
        return value == null ? new byte[0] : value.getOctets();
    }

    private static AuthorityException.Upstream wrong(String what) {
        return new AuthorityException.Upstream("the answer of the authority behind this one: " + what);
    }

    private static GeneralName name(X509Certificate certificate) {
        return new GeneralName(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }
}
