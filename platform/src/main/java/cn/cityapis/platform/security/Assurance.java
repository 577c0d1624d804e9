package cn.cityapis.platform.security;

/** How well the person behind a token is known. A WeChat openid alone proves no identity. */
public enum Assurance {
    NONE, OPENID, REAL_NAME
}
