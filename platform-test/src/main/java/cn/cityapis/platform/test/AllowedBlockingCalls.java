package cn.cityapis.platform.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Calls that BlockHound takes for blocking and that are not, or happen once while a class is first used. */
public final class AllowedBlockingCalls implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    // printed here, because thrown inside an event loop it can be lost together with the request
                    error.printStackTrace();
                    throw error;
                })
                // the kernel's random device does not wait once the machine is up
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "ensureBufferValid")
                // netty enlarges its pool of buffers under a lock that is held for an instant
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup",
                        "tryExpandMagazines")
                // a timer that is not needed any more is taken out of its queue under such a lock
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
                        "remove")
                // the same: ids made in the same instant take turns, so that they stay in order
                .allowBlockingCallsInside("cn.cityapis.platform.ids.Ids", "next")
                // the reader of a type is made once, on first use, under a lock
                .allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
                        "_createAndCacheValueDeserializer")
                // what the validator knows of a type is kept under a lock, on first use
                .allowBlockingCallsInside("org.hibernate.validator.internal.metadata.BeanMetaDataManagerImpl",
                        "getBeanMetaData")
                // tokens that were checked are kept; where many come at once, one of them tidies up
                .allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "afterWrite")
                // classes and resource bundles are loaded once
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside("java.util.ResourceBundle", "getBundle")
                // swagger builds the document once, on first request
                .allowBlockingCallsInside("org.springdoc.api.AbstractOpenApiResource", "getOpenApi");
    }
}
