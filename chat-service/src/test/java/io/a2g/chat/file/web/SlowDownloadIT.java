package io.a2g.chat.file.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers who hardly read. */
class SlowDownloadIT extends UploadIT {

  // More than one user may have turns at a time.
  private static final int READERS = 20;
  // More than sockets keep by themselves.
  private static final int BYTES = 16 * 1024 * 1024;
  private static final int SMALLEST_BUFFER = 4096;

  @Test
  void slowReadersKeepNoTurnFromTheSameUser() throws IOException {
    TestUser user = users().user();
    byte[] text = "x".repeat(BYTES).getBytes(StandardCharsets.US_ASCII);
    long id =
        upload(user, Multipart.file("long.txt", "text/plain", text)).expect(201).at("/id").asLong();
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(begin(user, id));
      }

      as(user).get(FILES + "/" + id).expect(200);
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  private Socket begin(TestUser user, long id) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALLEST_BUFFER);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), anonymous().base().getPort()));
    socket
        .getOutputStream()
        .write(
            "GET %s/%d/content HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(FILES, id, user.key())
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}
