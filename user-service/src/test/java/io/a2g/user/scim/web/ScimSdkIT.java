package io.a2g.user.scim.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.NotModifiedException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** UnboundID's SCIM client, which reads what the RFCs say and not what we think they do. */
class ScimSdkIT extends PlatformIT {

  private static final AtomicInteger NAMES = new AtomicInteger();

  @LocalServerPort private int port;
  private TestUser admin;
  private Client client;
  private ScimService scim;

  @BeforeEach
  void connect() {
    admin = users().admin();
    ClientRequestFilter credential =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + admin.key());
    client =
        ClientBuilder.newClient(
            new ClientConfig().connectorProvider(new Apache5ConnectorProvider()));
    scim =
        new ScimService(
            client.register(credential).target("http://127.0.0.1:" + port + "/scim/v2"));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void discoveryIsRead() throws ScimException {
    assertThat(scim.getServiceProviderConfig().getPatch().isSupported()).isTrue();
    assertThat(scim.getServiceProviderConfig().getFilter().isSupported()).isTrue();
    assertThat(scim.getResourceTypes().getResources())
        .extracting("name")
        .containsExactly("User", "Group");
    assertThat(scim.getResourceType("Group").getEndpoint()).hasToString("/Groups");
    for (var schema : scim.getSchemas()) {
      assertThat(scim.getSchema(String.valueOf(schema.getId())).getAttributes()).isNotEmpty();
    }
  }

  @Test
  void userIsCreatedReadReplacedModifiedAndDeleted() throws ScimException {
    UserResource created = scim.create("Users", user());
    assertThat(created.getMeta().getLocation()).isNotNull();
    assertThat(created.getName().getFormatted()).isEqualTo("Minsu Kim");

    UserResource read = scim.retrieve(created);
    assertThat(read).isEqualTo(created);
    assertThat(scim.retrieve("Users", created.getId(), UserResource.class)).isEqualTo(created);
    assertThatThrownBy(() -> scim.retrieveRequest(created).ifNoneMatch().invoke())
        .isInstanceOf(NotModifiedException.class);

    read.getName().setFamilyName("Lee").setFormatted(null);
    read.setDisplayName("이민수");
    UserResource replaced = scim.replaceRequest(read).ifMatch().invoke();
    assertThat(replaced.getName().getFamilyName()).isEqualTo("Lee");
    assertThat(replaced.getName().getFormatted()).isEqualTo("Minsu Lee");
    assertThatThrownBy(() -> scim.replaceRequest(read).ifMatch().invoke())
        .isInstanceOf(PreconditionFailedException.class);

    UserResource modified =
        scim.modifyRequest(replaced)
            .replaceValue("name.givenName", "Mina")
            .replaceValue("emails[type eq \"work\" and primary eq true].value", mail("new"))
            .replaceValue("active", false)
            .removeValues("displayName")
            .invoke();
    assertThat(modified.getName().getFormatted()).isEqualTo("Mina Lee");
    assertThat(modified.getEmails().getFirst().getValue()).startsWith("new");
    assertThat(modified.getActive()).isFalse();

    scim.delete(modified);
    assertThatThrownBy(() -> scim.retrieve(modified)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> scim.delete("Users", modified.getId()))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void refusalsAreUnderstood() throws ScimException {
    UserResource known = scim.create("Users", user());

    assertThatThrownBy(() -> scim.create("Users", user().setUserName(known.getUserName())))
        .isInstanceOf(ResourceConflictException.class);
    assertThatThrownBy(() -> scim.search("Users", "title eq \"x\"", UserResource.class))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refused -> assertThat(refused.getScimError().getScimType()).isEqualTo("invalidFilter"));
    assertThatThrownBy(() -> scim.modifyRequest(known).replaceValue("id", "5").invoke())
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refused -> assertThat(refused.getScimError().getScimType()).isEqualTo("mutability"));
  }

  @Test
  void searchesFilterPageAndChooseAttributes() throws ScimException {
    UserResource one = scim.create("Users", user());
    UserResource two = scim.create("Users", user().setActive(false));
    Filter both =
        Filter.or(
            Filter.eq("userName", one.getUserName()), Filter.eq("userName", two.getUserName()));

    for (Filter filter :
        List.of(
            Filter.and(both, Filter.eq("active", true)),
            Filter.and(both, Filter.not(Filter.eq("externalId", two.getExternalId()))),
            Filter.and(both, Filter.ne("userName", two.getUserName())),
            Filter.and(both, Filter.sw("emails.value", one.getUserName())),
            Filter.and(
                both,
                Filter.complex(
                    "emails",
                    Filter.and(
                        Filter.eq("type", "work"), Filter.eq("value", one.getUserName())))))) {
      assertThat(scim.searchRequest("Users").filter(filter).invoke(UserResource.class))
          .as(filter.toString())
          .containsExactly(one);
      assertThat(scim.searchRequest("Users").filter(filter).invokePost(UserResource.class))
          .containsExactly(one);
    }
    var page = scim.searchRequest("Users").filter(both).page(2, 1).invoke(UserResource.class);
    assertThat(page.getTotalResults()).isEqualTo(2);
    assertThat(page.getResources()).containsExactly(two);
    UserResource few =
        scim.searchRequest("Users")
            .filter(both)
            .excludedAttributes("emails")
            .invoke(UserResource.class)
            .getResources()
            .getFirst();
    assertThat(few.getEmails()).isNullOrEmpty();
    assertThat(few.getUserName()).isEqualTo(one.getUserName());
  }

  @Test
  void groupGetsAndLosesMembers() throws ScimException {
    String one = scim.create("Users", user()).getId();
    String two = scim.create("Users", user()).getId();
    GroupResource group =
        scim.create(
            "Groups",
            new GroupResource()
                .setDisplayName("R&D / AI " + NAMES.incrementAndGet() + System.nanoTime())
                .setMembers(new Member().setValue(one)));
    assertThat(group.getMembers()).extracting(Member::getValue).containsExactly(one);

    ObjectNode member = JsonUtils.getJsonNodeFactory().objectNode();
    member.set("value", TextNode.valueOf(two));
    GroupResource changed =
        scim.modify(
            "Groups",
            group.getId(),
            new PatchRequest(
                PatchOperation.add(
                    "members", JsonUtils.getJsonNodeFactory().arrayNode().add(member)),
                PatchOperation.remove("members[value eq \"" + one + "\"]")),
            GroupResource.class);
    assertThat(changed.getMembers()).extracting(Member::getValue).containsExactly(two);
    assertThat(scim.search("Groups", "members.value eq \"" + two + "\"", GroupResource.class))
        .containsExactly(changed);

    changed.setMembers(List.of());
    assertThat(scim.replace(changed).getMembers()).isNullOrEmpty();
    scim.delete("Groups", group.getId());
    assertThatThrownBy(() -> scim.retrieve("Groups", group.getId(), GroupResource.class))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void meIsTheCaller() throws ScimException {
    UserResource me = scim.retrieve(ScimService.ME_URI, UserResource.class);

    assertThat(me.getId()).isEqualTo(Long.toString(admin.id()));
    assertThat(me.getMeta().getLocation().getPath()).isEqualTo("/scim/v2/Users/" + admin.id());
  }

  private static UserResource user() {
    String address = mail("sdk");
    UserResource user =
        new UserResource()
            .setUserName(address)
            .setName(new Name().setGivenName("Minsu").setFamilyName("Kim"))
            .setDisplayName("김민수")
            .setEmails(new Email().setValue(address).setType("work").setPrimary(true))
            .setActive(true);
    user.setExternalId("ext-" + address);
    return user;
  }

  private static String mail(String name) {
    return name + NAMES.incrementAndGet() + "-" + System.nanoTime() + "@example.com";
  }
}
