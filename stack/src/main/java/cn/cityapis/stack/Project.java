package cn.cityapis.stack;

import cn.cityapis.stack.image.BootImage;
import cn.cityapis.stack.image.Images;
import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.postgres.PostgresBinaries;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where the built modules are, and where what is made of them once is kept.
 *
 * @param root folder of the project
 * @param cache unpacked jars, start-up caches, PostgreSQL's programs
 */
public record Project(Path root, Path cache) {

    /** Vouches for the citizen of the demonstration; public knowledge, good on development stacks only. */
    Path demoCitizenKey() {
        return root.resolve("identity/development/demo-app-key.pem");
    }

    /** One for each that is asked for, in the order in which they start. */
    public List<BootImage> images(Set<Component> only) {
        Images images = new Images(root, cache.resolve("images"));
        return only.stream().sorted().map(images::of).toList();
    }

    public PostgresBinaries postgres() {
        return PostgresBinaries.unpackedIn(cache);
    }
}
