/** The page a device shows by itself for an address it has not kept; plain words, because the worker carries no dictionary. */
export const offlinePageWords = {
  bg: {
    title: 'Няма връзка с интернет',
    notKept: 'Тази страница не е запазена на устройството. Отворете я отново, когато връзката се върне.',
    notSent: 'Действието не беше извършено. Върнете се и опитайте отново, когато връзката се върне.',
    kept: 'Запазено на това устройство',
    again: 'Опитай отново',
  },
  en: {
    title: 'No internet connection',
    notKept: 'This page is not kept on the device. Open it again once you are back online.',
    notSent: 'Nothing was done. Go back and try again once you are back online.',
    kept: 'Kept on this device',
    again: 'Try again',
  },
}
