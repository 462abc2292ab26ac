/** Pages in a tenant's own words: in a language of long words, and in one that is written from right to left. */
import type { CustomTexts } from '../../server/src/custom-texts/custom-text-store.ts'
import { sampleTenant, viewsOf } from './every-page.ts'

const german: CustomTexts = {
  'reset-password-request': {
    title: 'Zurücksetzung Ihres Benutzerkontopassworts',
    descriptionEmail: `Geben Sie die E-Mail-Adresse Ihres \${companyName}-Kontos ein. Wir senden Ihnen einen Link.`,
    placeholderEmail: 'E-Mail-Adresse',
    buttonText: 'Zurücksetzungslink anfordern',
  },
  'reset-password-mfa-email-challenge': {
    title: 'Bestätigungscode eingeben',
    description: 'Wir haben eine E-Mail mit Ihrem Code gesendet an',
    placeholder: 'Bestätigungscode',
    buttonText: 'Weiter',
    resendActionText: 'Neuen Code anfordern',
    pickAuthenticatorText: 'Andere Methode verwenden',
    'invalid-code': 'Der Code ist falsch oder abgelaufen.',
  },
}

const arabic: CustomTexts = {
  'reset-password': {
    'choose-factor.title': 'أكّد هويتك',
    'choose-factor.lead': 'اختر الطريقة.',
    'factor.otp': 'تطبيق المصادقة',
    'factor.otp.hint': 'رمز من التطبيق على هاتفك',
    'factor.phone': 'الهاتف',
    'factor.phone.hint': 'رمز عبر رسالة نصية أو مكالمة',
    'layout.support': 'هل تحتاج إلى مساعدة؟',
    'denied.title': 'لا يمكنك إعادة تعيين كلمة المرور هنا',
    'denied.reason': `ذكر \${companyName} هذا السبب:`,
  },
  'reset-password-mfa-email-challenge': {
    title: 'أدخل الرمز',
    description: `أرسلنا رمزًا إلى \${email}`,
    placeholder: 'الرمز',
    buttonText: 'متابعة',
    resendActionText: 'إرسال رمز جديد',
    pickAuthenticatorText: 'جرّب طريقة أخرى',
    'invalid-code': 'الرمز غير صحيح.',
  },
}

const inWords = (locale: string, customTexts: CustomTexts, shown: readonly string[]): [string, string][] =>
  viewsOf(sampleTenant, { locale, customTexts })
    .filter(([name]) => shown.includes(name))
    .map(([name, html]) => [`words-${locale}-${name}`, html])

/** HTML by a name that can stand in an address. */
export const ownWordPages: ReadonlyMap<string, string> = new Map([
  ...inWords('de', german, ['request-plain', 'challenge-email-wrong']),
  ...inWords('ar', arabic, ['choose-factor-two', 'challenge-email-wrong', 'denied-plain']),
])
