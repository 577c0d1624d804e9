package cn.cityapis.identity.signin;

/** Signs a user in whom a provider outside knows. */
public interface SignIn {

    /**
     * @param clientId the back end that asks
     * @param code what the provider gave to the user's program, good once
     * @return an id of the user, of this provider and program only
     * @throws SignInFailure if there is none
     */
    String user(String clientId, String code);
}
