package org.camseal.authority.register;

/** A serial that the register knows, and the order it was made under. */
public record Device(String serial, String order, DeviceState state) {}
