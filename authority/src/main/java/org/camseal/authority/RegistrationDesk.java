package org.camseal.authority;

/** All that the protocols ask of the registration authority. Safe for use by several threads. */
public interface RegistrationDesk extends Enrolment, Revocation, RefusalLog {}
