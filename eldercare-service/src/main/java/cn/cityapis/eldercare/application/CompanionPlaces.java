package cn.cityapis.eldercare.application;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Whose places in the queues are tied. The offers know; an application that is handed in asks. */
public interface CompanionPlaces {

    /** The application of the other of a couple, if both want two places together and none alone; else empty. */
    Mono<UUID> together(UUID application);
}
