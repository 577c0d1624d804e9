package cn.cityapis.stack.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void staysTheSameForOneDataFolder() {
        DataFolder data = new DataFolder(folder);
        String made = Secrets.open(data).databasePassword(Component.POLICY);
        assertThat(Secrets.open(data).databasePassword(Component.POLICY)).isEqualTo(made).hasSize(48);
    }

    @Test
    void differsFromOneFolderToTheOther() throws IOException {
        DataFolder one = new DataFolder(Files.createDirectory(folder.resolve("one")));
        DataFolder two = new DataFolder(Files.createDirectory(folder.resolve("two")));
        assertThat(Secrets.open(one).superuserPassword()).isNotEqualTo(Secrets.open(two).superuserPassword());
    }

    @Test
    void canBeReadByItsOwnerOnly() throws IOException {
        DataFolder data = new DataFolder(folder);
        Secrets.open(data).superuserPassword();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secrets()))).isEqualTo("rw-------");
    }
}
