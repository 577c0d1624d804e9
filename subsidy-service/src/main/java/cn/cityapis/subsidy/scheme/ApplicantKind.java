package cn.cityapis.subsidy.scheme;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** Who can be granted something. */
@Schema(description = "申领主体：person 个人；team 团队；company 企业；institution 高校、科研机构及其他单位；district 区市、园区；bank 银行")
public enum ApplicantKind {
    @JsonProperty("person")
    PERSON, @JsonProperty("team")
    TEAM, @JsonProperty("company")
    COMPANY, @JsonProperty("institution")
    INSTITUTION, @JsonProperty("district")
    DISTRICT, @JsonProperty("bank")
    BANK
}
