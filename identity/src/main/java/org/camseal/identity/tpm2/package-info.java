/**
 * A TPM 2.0 as secure element: keys are made in it, wrapped by it, and used by asking it.
 *
 * <p>The client is our own: {@link org.camseal.identity.tpm2.Tpm2Element} is what others see; below it are typed commands
 * ({@code TpmCommands}), one salted session that authenticates and encrypts the wire ({@code TpmSession}), and the wire itself
 * ({@link org.camseal.identity.tpm2.TpmAddress}): the kernel's {@code /dev/tpmrm0}, or a socket as swtpm offers it. For those who
 * judge: {@link org.camseal.identity.tpm2.TpmAttestationCheck} and {@link org.camseal.identity.tpm2.CredentialChallenge}.
 *
 * <p>Source: Trusted Computing Group, TPM 2.0 Library Specification, parts 1 to 3, revision 1.59; section numbers in comments are of
 * that. It never uses a password session (the wire would carry the authorisation), an unsalted session (the wire could be read), or a
 * salt key it has not seen before (somebody in the middle could offer his own).
 */
@NullMarked
package org.camseal.identity.tpm2;

import org.jspecify.annotations.NullMarked;
