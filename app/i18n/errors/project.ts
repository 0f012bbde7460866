import { errorWords } from './error-words'

export const projectErrors = errorWords('project', {
  bg: {
    not_found: 'Не намерихме този проект. Проектите се виждат от координатора на общината.',
    amount: 'Въведете сума в левове, например 49 128,00',
    amount_kind: 'Посочете каква е сумата: безвъзмездна финансова помощ или обща стойност',
    amount_missing: 'Въведете сумата или изчистете вида ѝ',
    ends_before: 'Краят не може да е преди началото',
    nothing_known: 'Въведете поне заглавие, номер, програма или финансиране',
    activity_title: 'Опишете дейността',
    same_number: 'Вече има проект с този номер: {{name}}. Ако добавяте друг проект, отбележете „Добави въпреки това“ и запазете отново',
    same_facts:
      'Вече има проект със същото заглавие и начало: {{name}}. Ако добавяте друг проект, отбележете „Добави въпреки това“ и запазете отново',
    activity_taken: 'Тази дейност вече е добавена: дейност {{ordinal}}',
    created: 'Проектът е добавен.',
    saved: 'Проектът е запазен.',
    activity_added: 'Дейността е добавена.',
  },
  en: {
    not_found: 'We could not find this project. Projects are seen by the municipality’s coordinator.',
    amount: 'Enter an amount in leva, for example 49 128.00',
    amount_kind: 'State what the amount is: the grant or the total value',
    amount_missing: 'Enter the amount or clear its kind',
    ends_before: 'The end cannot be before the start',
    nothing_known: 'Enter at least a title, a number, a programme or the funding',
    activity_title: 'Describe the activity',
    same_number:
      'There already is a project with this number: {{name}}. If you are adding another one, tick “Add it anyway” and save again',
    same_facts:
      'There already is a project of the same title and start: {{name}}. If you are adding another one, tick “Add it anyway” and save again',
    activity_taken: 'This activity has been added already: activity {{ordinal}}',
    created: 'The project has been added.',
    saved: 'The project has been saved.',
    activity_added: 'The activity has been added.',
  },
})
