package org.camseal.authority.register;

import java.sql.SQLException;

/** What the register thinks of a serial. The numbers stand in the database. */
public enum DeviceState {
    /** It may have its certificates. */
    ACTIVE(0),
    /** Two keys want it, or an operator doubts it: nobody gets anything until two operators have decided. */
    DISPUTED(1),
    /** Its certificate was revoked: no new one, until two operators send it to rework. */
    RETIRED(2),
    /** For ever out of use. */
    SCRAPPED(3);

    private final int number;

    DeviceState(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static DeviceState of(int number) throws SQLException {
        for (DeviceState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new SQLException("a device of state " + number + ", which does not exist");
    }
}
