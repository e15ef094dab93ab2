package org.camseal.bench.streaming;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.streaming.rtp.BigEndian;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.SrtpSender;
import org.camseal.streaming.srtp.Unprotected;

/** Something that is done to one packet after another. */
interface PacketWork {
    /** Makes what the next packets need; not timed. */
    default void prepare(int packets) {}

    /** Works on that many packets; returns how many came out as they should. */
    int run(int packets);

    private static SrtpKey key(SrtpProfile profile) {
        return SrtpKey.random(profile, new Random(1));
    }

    private static byte[] payload(int packetBytes) {
        byte[] payload = new byte[packetBytes - RtpPacket.HEADER_LENGTH];
        new Random(2).nextBytes(payload);
        return payload;
    }

    /** Protects media packets. */
    static PacketWork sending(SrtpProfile profile, int packetBytes) {
        SrtpSender sender = new SrtpSender(key(profile), null, 1);
        byte[] payload = payload(packetBytes);
        byte[] header = new byte[RtpPacket.HEADER_LENGTH];
        byte[] to = new byte[packetBytes + sender.overhead()];
        return new PacketWork() {
            private int sequence;

            @Override
            public int run(int packets) {
                int done = 0;
                for (int i = 0; i < packets; i++) {
                    RtpPacket.writeHeader(header, 0, 96, RtpPacket.Mark.UNMARKED, sequence++, 0, 1);
                    done += sender.protect(header, payload, to) == to.length ? 1 : 0;
                }
                return done;
            }
        };
    }

    /** Opens media packets, which {@link #prepare} has made. */
    static PacketWork receiving(SrtpProfile profile, int packetBytes) {
        SrtpSender sender = new SrtpSender(key(profile), null, 1);
        SrtpReceiver receiver = new SrtpReceiver(key(profile), null);
        byte[] payload = payload(packetBytes);
        return new PacketWork() {
            private byte[][] made = new byte[0][];
            private int sequence;

            @Override
            public void prepare(int packets) {
                byte[] header = new byte[RtpPacket.HEADER_LENGTH];
                made = made.length == packets ? made : new byte[packets][packetBytes + sender.overhead()];
                for (byte[] packet : made) {
                    RtpPacket.writeHeader(header, 0, 96, RtpPacket.Mark.UNMARKED, sequence++, 0, 1);
                    sender.protect(header, payload, packet);
                }
            }

            @Override
            public int run(int packets) {
                int done = 0;
                for (int i = 0; i < packets; i++) {
                    done += receiver.media(made[i], made[i].length) instanceof Unprotected.Clear ? 1 : 0;
                }
                return done;
            }
        };
    }

    /** Encrypts and authenticates the same bytes with the JDK, a new initialization vector each, and nothing around it. */
    static PacketWork cipherAlone(SrtpProfile profile, int packetBytes) {
        byte[] key = new byte[profile.keyLength()];
        SecretKeySpec aes = new SecretKeySpec(key, "AES");
        byte[] iv = new byte[profile.isAead() ? 12 : 16];
        byte[] payload = payload(packetBytes);
        byte[] to = new byte[packetBytes + profile.tagLength()];
        try {
            Cipher cipher = Cipher.getInstance(profile.isAead() ? "AES/GCM/NoPadding" : "AES/CTR/NoPadding");
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
            return new PacketWork() {
                private int counter;

                @Override
                public int run(int packets) {
                    for (int i = 0; i < packets; i++) {
                        BigEndian.putU32(iv, 4, ++counter);
                        encrypt();
                    }
                    return packets;
                }

                private void encrypt() {
                    AlgorithmParameterSpec vector =
                            profile.isAead() ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv);
                    try {
                        cipher.init(Cipher.ENCRYPT_MODE, aes, vector);
                        if (profile.isAead()) {
                            cipher.updateAAD(to, 0, RtpPacket.HEADER_LENGTH);
                        }
                        cipher.doFinal(payload, 0, payload.length, to, RtpPacket.HEADER_LENGTH);
                        if (!profile.isAead()) {
                            mac.update(to, 0, packetBytes);
                            mac.doFinal();
                        }
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("the JDK's cipher", e);
                    }
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's cipher", e);
        }
    }
}
