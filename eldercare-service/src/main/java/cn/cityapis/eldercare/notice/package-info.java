/** The monthly public notice of each queue (威民发〔2023〕17号 第二十七条). */
@NullMarked
package cn.cityapis.eldercare.notice;

import org.jspecify.annotations.NullMarked;
