package org.camseal.identity.voucher;

import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Purpose;

/**
 * What a voucher is worth, in plain words.
 *
 * @param kind one word for programs: {@code device-root}, {@code other-camera}, {@code domain}, {@code organization}, {@code individual},
 *     {@code extended}, {@code public}, {@code self-signed} or {@code stranger}
 * @param who who vouches, and for whom
 * @param proves what it proves, if no weakness speaks against it
 * @param provesNot what it does not prove
 */
public record Meaning(String kind, String who, String proves, String provesNot) {
    private static final String NOT_WHICH_CAMERA =
            "that this is a camera at all, which one it is, or who made it: only a device root says that.";

    static Meaning of(Voucher voucher) {
        return switch (voucher) {
            case Voucher.Camera camera -> camera(camera);
            case Voucher.OtherCamera(String expected, Voucher.Camera found) -> other(expected, found);
            case Voucher.Public known -> known(known);
            case Voucher.SelfSigned _ ->
                new Meaning(
                        "self-signed",
                        "nobody but itself",
                        "that who shows it has its key; and, if you have seen this very certificate before, that it is the same one"
                                + " again.",
                        "who it is. Anyone can make one with any name in it, also somebody between you and the camera.");
            case Voucher.Stranger stranger ->
                new Meaning(
                        "stranger",
                        "nobody who is known here ("
                                + stranger.reason().name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT) + "): "
                                + stranger.detail(),
                        "nothing, as long as the authority behind it is not one that you trust.",
                        "any name that is in it.");
        };
    }

    private static Meaning camera(Voucher.Camera found) {
        CertificateSubject camera = found.camera();
        String who = "the maker " + camera.organization() + ", for its camera " + camera.serial() + " (model "
                + camera.name() + ")";
        if (found.purpose() == Purpose.MEDIA_SIGNING) {
            return new Meaning(
                    "device-root",
                    who + ", as the signer of its recordings",
                    "that what is signed with this key was signed inside this camera.",
                    "that the picture shows what it seems to show, nor where the camera stood. Nor that a TLS peer is this camera: it has"
                            + " another certificate for that.");
        }
        return new Meaning(
                "device-root",
                who,
                "that who shows it has the key that the maker certified for this very camera, by its serial number.",
                "where the camera is, who owns it, or that nobody has broken into it. Host names mean nothing here. Whether the maker has"
                        + " revoked it was not asked.");
    }

    private static Meaning other(String expected, Voucher.Camera found) {
        CertificateSubject camera = found.camera();
        return new Meaning(
                "other-camera",
                "the maker " + camera.organization() + ", but for the camera " + camera.serial() + ", not for "
                        + expected,
                "that this is a genuine camera of this maker: another one than was asked for.",
                "that you see what camera " + expected
                        + " sees. Cables, addresses or cameras may have been exchanged, by mistake or"
                        + " on purpose.");
    }

    private static Meaning known(Voucher.Public known) {
        String root = CertificateSubject.display(known.root().getSubjectX500Principal());
        String control = "that who asked for it controlled the names in it when it was issued.";
        return switch (known) {
            case Voucher.Domain _ ->
                new Meaning(
                        "domain",
                        "a public authority, for the names only (domain validated), under " + root,
                        control,
                        "who that is; and not " + NOT_WHICH_CAMERA);
            case Voucher.Organization o ->
                new Meaning(
                        "organization",
                        "a public authority, for the organization " + quoted(o.organization()) + ", under " + root,
                        control + " And that there is an organization of this name, which asked for it.",
                        "that the organization is honest, nor " + NOT_WHICH_CAMERA);
            case Voucher.Individual i ->
                new Meaning(
                        "individual",
                        "a public authority, for the person " + quoted(i.person()) + ", under " + root,
                        control + " And that there is a person of this name, who asked for it.",
                        "that the person is honest, nor " + NOT_WHICH_CAMERA);
            case Voucher.Extended e ->
                new Meaning(
                        "extended",
                        "a public authority, after extended validation of the organization " + quoted(e.organization())
                                + (e.registration().isEmpty()
                                        ? ""
                                        : " (registered as " + quoted(e.registration()) + ")")
                                + ", under " + root,
                        control
                                + " And that this organization is registered, at this place, and asked for it: the closest look that public"
                                + " authorities take.",
                        "that the organization is honest, nor " + NOT_WHICH_CAMERA);
            case Voucher.PublicOfUnknownLevel _ ->
                new Meaning(
                        "public",
                        "a public authority that does not say how closely it looked, under " + root,
                        control,
                        "any person or organization that it names; and not " + NOT_WHICH_CAMERA);
        };
    }

    private static String quoted(String name) {
        return name.isEmpty() ? "(not named)" : "\"" + name + "\"";
    }
}
