import { dictionary } from './dictionary'

export const accessibilityWords = dictionary('accessibility', {
  bg: {
    title: 'Достъпност',
    promise:
      'Системата е направена така, че всеки да може да я ползва: с клавиатура, с екранен четец, с увеличен текст, на телефон и без JavaScript.',
    standard: 'Стандарт',
    standardText:
      'Страниците се изграждат по WCAG 2.2, ниво AA. Законът за електронното управление (чл. 58в) изисква достъпни сайтове и декларация за достъпност; техническият стандарт е EN 301 549.',
    how: 'Какво е предвидено',
    keyboard: 'Всяко действие се извършва и само с клавиатура; фокусът винаги се вижда.',
    words: 'Всяко състояние е казано с дума и знак, не само с цвят.',
    zoom: 'Страниците се четат при ширина 320 пиксела и при увеличение до 400\u00a0%.',
    theme: 'Има светъл и тъмен изглед; движението се изключва, когато устройството го поиска.',
    limits: 'Какво още не е достъпно',
    limitsText:
      'Полетата за дата и час са тези на браузъра и се показват на неговия език. Качените от потребители файлове може да не са достъпни.',
    complain: 'Сигнали',
    complainText: 'Ако нещо Ви пречи, пишете на {{whom}}: какво се опитахте да направите, на коя страница и с какво устройство.',
    anyAdmin: 'администратора на Вашата община',
    adminOf: 'администратора на община {{municipality}}',
    adminsOf_one: 'администратора на община {{municipality}} ({{names}})',
    adminsOf_other: 'някого от администраторите на община {{municipality}} ({{names}})',
  },
  en: {
    title: 'Accessibility',
    promise:
      'The system is made so that everybody can use it: by keyboard, with a screen reader, with enlarged text, on a phone and without JavaScript.',
    standard: 'Standard',
    standardText:
      'The pages are built to WCAG 2.2, level AA. The Electronic Governance Act (Art. 58c) asks for accessible sites and an accessibility statement; the technical standard is EN 301 549.',
    how: 'What is provided',
    keyboard: 'Every action can be done by keyboard alone; the focus is always seen.',
    words: 'Every state is said by a word and a sign, not by colour alone.',
    zoom: 'The pages can be read at a width of 320 pixels and at a zoom of 400%.',
    theme: 'There is a light and a dark appearance; motion is off when the device asks for it.',
    limits: 'What is not yet accessible',
    limitsText: 'Date and time fields are those of the browser and appear in its language. Files uploaded by users may not be accessible.',
    complain: 'Complaints',
    complainText: 'If something stands in your way, write to {{whom}}: what you tried to do, on which page and with which device.',
    anyAdmin: 'the administrator of your municipality',
    adminOf: 'the administrator of the municipality of {{municipality}}',
    adminsOf_one: 'the administrator of the municipality of {{municipality}} ({{names}})',
    adminsOf_other: 'one of the administrators of the municipality of {{municipality}} ({{names}})',
  },
})
