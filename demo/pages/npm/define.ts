import 'anketa/define'
