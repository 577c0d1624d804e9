import cn.cityapis.client.ApiClient;
import cn.cityapis.client.ApiException;
import cn.cityapis.client.api.EldercareApi;
import cn.cityapis.client.api.EldercareApi.APIEldercareCreateApplicationRequest;
import cn.cityapis.client.api.EldercareApi.APIListHomesRequest;
import cn.cityapis.client.api.IdentityApi;
import cn.cityapis.client.api.IdentityApi.APIRequestTokenRequest;
import cn.cityapis.client.api.PolicyApi;
import cn.cityapis.client.api.PolicyApi.APISearchDocumentsRequest;
import cn.cityapis.client.model.ApplicationForm;
import cn.cityapis.client.model.ApplicationView;
import cn.cityapis.client.model.HomeView;
import cn.cityapis.client.model.PageHomeView;
import cn.cityapis.client.model.Person;
import java.util.UUID;

/** A back end's first calls with the generated client: two readings in its own name, an application for its citizen. */
public final class FirstSteps {

    private FirstSteps() {
    }

    /** @param args address of the platform, client, secret, what the client says of its citizen (a JWT of its own key) */
    public static void main(String[] args) throws ApiException {
        IdentityApi identity = new IdentityApi(client(args[0], null));
        ApiClient own = client(args[0], identity.requestToken(APIRequestTokenRequest.newBuilder()
                .grantType("client_credentials").clientId(args[1]).clientSecret(args[2]).build()).getAccessToken());

        new PolicyApi(own).searchDocuments(APISearchDocumentsRequest.newBuilder().q("养老").limit(3).build());
        PageHomeView homes = new EldercareApi(own)
                .listHomes(APIListHomesRequest.newBuilder().district("371002").build());
        HomeView home = homes.getItems().getFirst();

        ApiClient citizen = client(args[0], identity.requestToken(APIRequestTokenRequest.newBuilder()
                .grantType("urn:ietf:params:oauth:grant-type:token-exchange")
                .subjectTokenType("urn:ietf:params:oauth:token-type:jwt").subjectToken(args[3])
                .clientId(args[1]).clientSecret(args[2]).build()).getAccessToken());
        ApplicationForm form = new ApplicationForm().filedBy(ApplicationForm.FiledByEnum.APPLICANT)
                .addHomeIdsItem(home.getId()).applicant(new Person().name("张桂兰").phone("13800000001"));
        // the same key again after a lost connection: the same application, not a second one
        ApplicationView application = new EldercareApi(citizen)
                .eldercareCreateApplication(APIEldercareCreateApplicationRequest
                        .newBuilder().idempotencyKey(UUID.randomUUID().toString()).applicationForm(form).build());
        System.out.println(home.getName() + " " + application.getState());
    }

    private static ApiClient client(String address, String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(address);
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }
}
