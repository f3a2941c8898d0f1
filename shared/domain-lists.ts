/** Domains at which anybody can have a mailbox, so that one proves no employer. Short on purpose: organizers see every domain before they approve. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

export const PUBLIC_MAIL = words(`
  126.com 139.com 163.com aim.com aol.com arcor.de att.net bigpond.com bk.ru bluewin.ch bol.com.br bt.com btinternet.com charter.net
  comcast.net cox.net daum.net duck.com earthlink.net email.com example.com example.net example.org fastmail.com fastmail.fm foxmail.com
  free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com
  hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com inbox.lv inbox.ru interia.pl kakao.com kolabnow.com laposte.net
  libero.it list.ru live.co.uk live.com live.de live.fr mac.com mail.com mail.de mail.ru mailbox.org mailfence.com me.com msn.com
  naver.com nate.com o2.pl online.de onet.pl orange.fr outlook.com outlook.de outlook.fr pm.me posteo.de posteo.net proton.me
  protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com riseup.net rocketmail.com runbox.com sbcglobal.net seznam.cz sfr.fr
  sina.com sky.com startmail.com systemli.org t-online.de telus.net tiscali.it tuta.com tuta.io tutanota.com tutanota.de uol.com.br
  verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl xs4all.nl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk
  yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com zohomail.com`);

/**
 * Names of providers that were made for mail: what differs from one by a letter, or stands under another suffix, is hardly an employer. Those that are words or
 * near to one (Orange, Libero, Naver) are not here: somebody may work at a neighbour.
 */
export const COINED = words(`
  btinternet earthlink fastmail foxmail gmail googlemail guerrillamail hanmail hotmail hushmail icloud mailfence mailinator outlook
  protonmail rediffmail rocketmail sbcglobal throwawaymail trashmail tutanota virginmedia yahoo yandex yopmail zohomail`);

export const DISPOSABLE = words(`
  10minutemail.com 20minutemail.com 33mail.com anonaddy.com anonaddy.me burnermail.io discard.email dispostable.com emailondeck.com
  fakeinbox.com fakemail.net getairmail.com getnada.com grr.la guerrillamail.com guerrillamail.info guerrillamail.net guerrillamail.org
  guerrillamailblock.com inboxkitten.com mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailnesia.com mailnull.com
  mailsac.com mintemail.com moakt.com mohmal.com mozmail.com mytemp.email nada.email passmail.net relay.firefox.com sharklasers.com
  simplelogin.com simplelogin.io spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempmail.com tempmailo.com tempr.email
  throwawaymail.com trash-mail.com trashmail.com trashmail.de trashmail.net wegwerfmail.de yopmail.com yopmail.fr yopmail.net`);
